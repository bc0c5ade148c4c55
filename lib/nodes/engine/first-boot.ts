import { firstBootFiles, firstBootUnit } from '../first-boot';

/** A new server's own copy of the script ends with its first success, or with the first run that is newer. */
export const firstBootEngine = `
end_first_boot() {
  local path
  for path in ${firstBootFiles.join(' ')}; do
    if [[ ! -e $root$path ]]; then continue; fi
    if differs "$path is what this server was made with, and would undo later runs"; then
      case $path in
        */${firstBootUnit}) systemctl disable --quiet ${firstBootUnit} ;;
      esac
      rm -f "$root$path"
    fi
  done
}
`;
