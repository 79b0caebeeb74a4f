<?php
/**
 * Addresses in the gateway's words.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Empty fields are left out; what would be another value when cut is left out too.
 */
final class Order_Address {

	/** Our field, WooCommerce's, and how long it may be. */
	const FIELDS = array(
		array( 'givenName', 'first_name', 200 ),
		array( 'familyName', 'last_name', 200 ),
		array( 'organization', 'company', 200 ),
		array( 'postcode', 'postcode', 40 ),
		array( 'city', 'city', 200 ),
		array( 'phone', 'phone', 100 ),
		array( 'email', 'email', 254 ),
	);

	/**
	 * @param string $kind `billing` or `shipping`.
	 * @return array<string, string>|null Null when there is none.
	 */
	public static function of( \WC_Order $order, string $kind ): ?array {
		$from    = $order->get_address( $kind );
		$address = array();
		foreach ( self::FIELDS as list( $field, $source, $most ) ) {
			$address[ $field ] = Text::cut( (string) ( $from[ $source ] ?? '' ), $most );
		}
		$country = strtoupper( (string) ( $from['country'] ?? '' ) );
		$street  = array_filter( array( (string) ( $from['address_1'] ?? '' ), (string) ( $from['address_2'] ?? '' ) ) );

		$address['street']  = Text::cut( implode( ', ', $street ), 500 );
		$address['country'] = preg_match( '/^[A-Z]{2}$/D', $country ) ? $country : '';
		$address['state']   = self::to_state( (string) ( $from['state'] ?? '' ), $address['country'] );

		$filled = array_filter( $address, 'strlen' );
		// A country alone is WooCommerce's default, not an address.
		return array() === array_diff_key( $filled, array( 'country' => '', 'state' => '' ) ) ? null : $filled;
	}

	/** ISO 3166-2, "CH-ZH"; WooCommerce has "ZH" or, for some countries, "DE-BY" or a name typed by the buyer. */
	private static function to_state( string $state, string $country ): string {
		if ( '' === $country ) {
			return '';
		}
		$code = strtoupper( $state );
		$code = 0 === strpos( $code, "$country-" ) ? substr( $code, 3 ) : $code;
		return preg_match( '/^[A-Z0-9]{1,3}$/D', $code ) ? "$country-$code" : '';
	}
}
