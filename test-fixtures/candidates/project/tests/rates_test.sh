is "a letter-sized parcel costs the base" 490 rate_for home 1
is "the first kilogram is in the base" 490 rate_for home 1000
is "a begun kilogram counts whole" 640 rate_for home 1001
is "near costs more than home" 1140 rate_for near 1500
is "far costs most" 13090 rate_for far 20000
is "an unknown zone is refused" "we do not serve zone 'moon' yet" rate_for moon 10
