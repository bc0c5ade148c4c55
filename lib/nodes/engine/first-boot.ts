import { firstBootFiles, firstBootUnit } from '../first-boot';

/** Removes a new server's own copy of the script after its first success or a newer run. */
export const firstBootEngine = `
end_first_boot() {
  local path
  for path in ${firstBootFiles.join(' ')}; do
    if [[ ! -e $root$path ]]; then continue; fi
    if differs "$path is the script that this server was created with, and it would undo later runs"; then
      case $path in
        */${firstBootUnit}) systemctl disable --quiet ${firstBootUnit} ;;
      esac
      rm -f "$root$path"
    fi
  done
}
`;
