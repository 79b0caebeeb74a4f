<?php
/**
 * What a customer is called at the service.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Every WordPress counts its users from 1, and several shops may share a space, which keeps cards by these names: with the
 * number alone, customer 5 of one shop could pay with the cards of customer 5 of another. So each shop has a name of its own
 * in front, made of its address when it is first needed and kept from then on. A shop that comes from the former plugin goes
 * on with the plain numbers, under which its cards are kept.
 */
final class Customer_Id {

	const OPTION = 'checkout_plugins_postfinance_customers';

	public static function of( int $user ): string {
		return self::prefix() . $user;
	}

	private static function prefix(): string {
		$kept = get_option( self::OPTION );
		if ( is_string( $kept ) ) {
			return $kept;
		}
		$prefix = ( new Former_Plugin() )->is_here() ? '' : substr( sha1( (string) get_option( 'home' ) ), 0, 12 ) . '-';
		add_option( self::OPTION, $prefix, '', 'no' );
		return $prefix;
	}
}
