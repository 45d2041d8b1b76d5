# What a parcel costs, in cents.

# rate_for ZONE GRAMS
rate_for() {
  zone=$1
  grams=$2
  case $zone in
    home) base=490 step=150 ;;
    near) base=890 step=250 ;;
    far) base=1690 step=600 ;;
    *)
      echo "we do not serve zone '$zone' yet" >&2
      return 1
      ;;
  esac
  if [ "$grams" -gt 20000 ]; then
    echo "parcels over 20 kg need a quote, please call us" >&2
    return 1
  fi
  # Every kilogram that is begun after the first one costs a step.
  echo $((base + (grams - 1) / 1000 * step))
}
