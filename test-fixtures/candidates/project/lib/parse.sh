# Reads what a customer typed.

# parse_grams TEXT: a whole number of grams from 1 to 50000.
parse_grams() {
  case $1 in
    '' | *[!0-9]*)
      echo "please give the weight in grams, for example 750" >&2
      return 1
      ;;
  esac
  if [ "$1" -lt 1 ] || [ "$1" -gt 50000 ]; then
    echo "we carry parcels from 1 g to 50 kg, sorry" >&2
    return 1
  fi
  echo "$1"
}
