is "grams are whole numbers" 750 parse_grams 750
is "letters are refused" "please give the weight in grams, for example 750" parse_grams 7x
is "nothing is refused" "please give the weight in grams, for example 750" parse_grams ""
is "more than we carry is refused" "we carry parcels from 1 g to 50 kg, sorry" parse_grams 50001
