/**
 * What is tried first by whoever guesses: words, runs of keys and dates of keyboards that head every published count of
 * leaked passwords. In lower case. Short ones count where `auth.internal.password.minLength` is lowered.
 */
export const COMMON_PASSWORDS: readonly string[] = `
000000 00000000 111111 11111111 112233 11223344 121212 123123 123123123 123321 1234 12341234 12344321 12345 123456
1234567 12345678 123456789 1234567890 123456789a 12345678a 123456a 123456q 1234qwer 123abc 123qwe 123qweasd 147258369
159357 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 222222 22222222 55555555 555555 654321 666666 66666666 696969
741852963 777777 77777777 789456123 87654321 88888888 888888 987654321 999999 99999999 9876543210
aa123456 abc123 abc12345 abcd1234 abcdef abcdefg abcdefgh abcdefg1 access admin admin123 admin1234 administrator alexander
amanda andrew angel angels anthony apple asdf1234 asdfasdf asdfgh asdfghjk asdfghjkl ashley azerty azertyuiop
babygirl bailey barcelona baseball baseball1 basketball batman batman123 beautiful blink182 butterfly buster
caroline changeme changeme1 changeme123 charlie charlie1 chelsea chocolate christian cocacola computer computer1 cookie corvette
daniel daniela danielle default dragon dragon123 elephant elizabeth estrella ferrari fishing flower football football1 forever
freedom freedom1 friends fuckyou fuckyou1 gandalf garfield george ginger google hallo123 hannah harley hello hello123
hellohello hockey hunter hunter2 iloveyou iloveyou1 iloveyou2 internet jasmine jennifer jessica jessica1 jonathan jordan jordan23
joshua justin killer killer123 lakers letmein letmein1 letmein123 liverpool liverpool1 login london loveme lovelove lovely
maggie manchester marlboro marseille martin master master123 matthew matrix maverick mercedes merlin michael michael1 michelle
midnight minecraft monkey monkey123 monkey12 motdepasse mustang mustang1 mynoob naruto naruto123 newyork nicholas nicole
nothing ohmygod orange p@ssw0rd p@ssword pa55word pass pass1234 passpass passw0rd passwd passwort passwort1 password password!
password0 password01 password1 password1! password12 password123 password1234 password2 password3 patrick peanut pepper
pokemon pokemon1 princess princess1 q1w2e3r4 q1w2e3r4t5 qazwsx qazwsx123 qazwsxedc qq123456 qwaszx qwer1234 qwert qwert123
qwerty qwerty1 qwerty12 qwerty123 qwerty1234 qwertyui qwertyuiop qwertz qwertzui qwertzuiop rainbow raiders ranger realmadrid
robert rockstar samantha samsung scooter secret secret123 secretsecret shadow shadow1 silver slipknot snoopy soccer soccer1
softball sophie spiderman starwars starwars1 startrek steelers summer summer1 sunflower sunshine sunshine1 superman superman1
superstar taylor tennis test test123 test1234 testtest testing testing1 thomas thunder tigger tinkerbell trustno1
trustno12 victoria welcome welcome1 welcome123 westside whatever william winner winter wordpass x4ivygf xxxxxx xxxxxxxx
yankees yellow zaq12wsx zaq1zaq1 zxcvbn zxcvbnm zxcvbnm1
`
  .trim()
  .split(/\s+/);
