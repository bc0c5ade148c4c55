import { firstBootFiles, firstBootUnit } from '../first-boot';

/**
 * A shell function that removes the script with which cloud-init sets up a new server. It is removed after its first
 * success, or after a run of a newer script.
 */
export const firstBootEngine = `
end_first_boot() {
  local path
  for path in ${firstBootFiles.join(' ')}; do
    if [[ ! -e $root$path ]]; then continue; fi
    if differs "$path is the script with which this server was created, and would undo the changes of later runs"; then
      case $path in
        */${firstBootUnit}) systemctl disable --quiet ${firstBootUnit} ;;
      esac
      rm -f "$root$path"
    fi
  done
}
`;
