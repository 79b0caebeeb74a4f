<?php
/**
 * The plugin's own tests: those of its classes that need no WordPress. One line for each failure; exits with their number.
 *
 * php run.php <plugin> <vectors> <facts as JSON>
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

define( 'ABSPATH', __DIR__ . '/' );
function __( string $text, string $domain ): string {
	return $text;
}
function wp_json_encode( $value, int $options = 0 ) {
	return json_encode( $value, $options );
}
list( , $plugin, $vectors, $facts ) = $argv;
require "$plugin/includes/autoload.php";

$count    = 0;
$failures = 0;
$is       = static function ( $expected, $actual, string $what ) use ( &$count, &$failures ): void {
	++$count;
	if ( $expected !== $actual ) {
		++$failures;
		echo "$what: expected " . json_encode( $expected ) . ', got ' . json_encode( $actual ) . "\n";
	}
};
$throws   = static function ( string $part, callable $work, string $what ) use ( $is ): void {
	try {
		$work();
		$message = 'nothing was thrown';
	} catch ( \InvalidArgumentException $e ) {
		$message = $e->getMessage();
	}
	$is( true, false !== strpos( $message, $part ), "$what ($message)" );
};
$read     = static function ( string $file ) use ( $vectors ): array {
	return json_decode( (string) file_get_contents( "$vectors/$file" ), true );
};

foreach ( $read( 'signatures.json' )['vectors'] as $vector ) {
	$expected = $vector['expected'];
	$headers  = array_change_key_case( $vector['headers'] );
	$verified = Signature::verify( $headers, $vector['body'], $vector['secrets'], $vector['now'] );
	$is( $expected, array_intersect_key( $verified, $expected ), $vector['name'] );
	if ( $expected['verified'] && 1 === count( $vector['secrets'] ) && 0 === strpos( $headers['webhook-signature'], 'v1,' ) && false === strpos( $headers['webhook-signature'], ' ' ) ) {
		$is( $headers, Signature::sign( $expected['id'], $expected['timestamp'], $vector['body'], $vector['secrets'] ), "signs: {$vector['name']}" );
	}
}
foreach ( array( 'hunter2', 'whsec_', 'whsec_AAAA', "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n" ) as $secret ) {
	$is( false, Signature::is_secret( $secret ), 'is no secret' );
}

foreach ( json_decode( $facts, true )['digits'] as $currency => $digits ) {
	$is( $digits, Money::digits( $currency ), "digits of $currency" );
}
foreach ( array(
	array( '29.95', 'CHF', 2995 ),
	array( '29.955', 'CHF', 2996 ),
	array( '-29.955', 'CHF', -2996 ),
	array( '29.9549999', 'CHF', 2995 ),
	array( 19.99, 'CHF', 1999 ),
	array( 0.1 + 0.2, 'CHF', 30 ),
	array( 1.005, 'CHF', 101 ),
	array( '1.0E-7', 'CHF', 0 ),
	array( '1234567890.12', 'CHF', 123456789012 ),
	array( '100', 'JPY', 100 ),
	array( '99.5', 'JPY', 100 ),
	array( '1.2345', 'KWD', 1235 ),
	array( '', 'CHF', 0 ),
	array( null, 'CHF', 0 ),
	array( '-0.001', 'CHF', 0 ),
) as list( $amount, $currency, $minor ) ) {
	$is( $minor, Money::to_minor( $amount, $currency ), "$currency " . var_export( $amount, true ) );
}
mt_srand( 1 );
for ( $i = 0; $i < 2000; $i++ ) {
	$money = Money::of( mt_rand( -999999999, 999999999 ), array( 'CHF', 'JPY', 'KWD', 'UYW' )[ $i % 4 ] );
	$is( $money['minor'], Money::to_minor( Money::to_decimal( $money ), $money['currency'] ), 'there and back' );
}
$throws( 'is not an amount', static function () { Money::to_minor( '1,50', 'CHF' ); }, 'a comma' );

$pairing = $read( 'pairing.json' );
foreach ( array_merge( array( array( 'name' => 'a code' ) + $pairing['code'] ), $pairing['accepted'] ) as $one ) {
	$is( array_intersect_key( $pairing['code'], array_flip( array( 'gateway', 'platform', 'id', 'key' ) ) ), Pairing_Code::parse_once( $one['text'] ), "pairing code: {$one['name']}" );
}
foreach ( $pairing['refused'] as $one ) {
	$throws( 'pairing code', static function () use ( $one ): void { Pairing_Code::parse_once( $one['text'] ); }, "pairing code: {$one['name']}" );
}
$request = json_decode( $pairing['request']['body'], true );
$is( $pairing['request']['body'], Pairing::to_body( $request['code'], $request['nonce'], $request['settings']['siteUrl'] ), 'what is posted to pair' );
$is( $pairing['request']['headers'], Signature::sign( 'msg_pair_1', $pairing['now'], $pairing['request']['body'], array( $pairing['code']['key'] ) ), 'how it is signed' );
$is( $pairing['secret'], Pairing::to_secret( $pairing['code']['key'], $request['nonce'], json_decode( $pairing['answer']['body'], true )['nonce'] ), 'the secret of a pairing' );

foreach ( $read( 'show.json' )['messages'] as $one ) {
	$is( $one['message']['payment'], Payment_Message::parse( $one['message'] ), $one['name'] );
}
$message = $read( 'show.json' )['messages'][0]['message'];
$changed = static function ( string $field, $value ) use ( $message ): callable {
	return static function () use ( $message, $field, $value ): void {
		$message['payment'][ $field ] = $value;
		Payment_Message::parse( $message );
	};
};
$throws( '"shipped", which this version', $changed( 'standing', 'shipped' ), 'a standing of a later version' );
$throws( 'payment.revision', $changed( 'revision', '3' ), 'a revision as text' );
$throws( 'payment.amount', $changed( 'amount', array( 'minor' => 29.95, 'currency' => 'CHF' ) ), 'a float' );
$throws( 'payment.operations[0]', $changed( 'operations', array( 'x' ) ), 'an operation that is none' );
$throws( 'kind', static function () { Payment_Message::parse( null ); }, 'nothing' );

echo "$count checks\n";
exit( min( 100, $failures ) );
