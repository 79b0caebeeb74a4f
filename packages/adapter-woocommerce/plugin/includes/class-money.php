<?php
/**
 * Amounts.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce counts in decimals, the gateway in whole minor units of the currency (2995 is CHF 29.95). In between we
 * count in ticks, 1/100,000,000 of a unit, as integers: no amount is ever a float here.
 */
final class Money {

	const TICKS = 100000000;

	/** ISO 4217: currencies that do not have two decimals. */
	const DIGITS = array(
		'BIF' => 0,
		'CLP' => 0,
		'DJF' => 0,
		'GNF' => 0,
		'ISK' => 0,
		'JPY' => 0,
		'KMF' => 0,
		'KRW' => 0,
		'PYG' => 0,
		'RWF' => 0,
		'UGX' => 0,
		'UYI' => 0,
		'VND' => 0,
		'VUV' => 0,
		'XAF' => 0,
		'XOF' => 0,
		'XPF' => 0,
		'BHD' => 3,
		'IQD' => 3,
		'JOD' => 3,
		'KWD' => 3,
		'LYD' => 3,
		'OMR' => 3,
		'TND' => 3,
		'CLF' => 4,
		'UYW' => 4,
	);

	public static function digits( string $currency ): int {
		return self::DIGITS[ $currency ] ?? 2;
	}

	/**
	 * Reads an amount as WooCommerce gives it: a decimal text, or a float where its interface says float.
	 *
	 * @param string|float|int|null $amount
	 * @throws \InvalidArgumentException When it is no amount.
	 */
	public static function to_ticks( $amount ): int {
		if ( is_float( $amount ) || ( is_string( $amount ) && false !== stripos( $amount, 'e' ) ) ) {
			// WooCommerce's own arithmetic is exact to six decimals.
			$amount = sprintf( '%.6F', (float) $amount );
		}
		$text = trim( (string) $amount );
		if ( '' === $text ) {
			return 0;
		}
		if ( ! preg_match( '/^(-?)([0-9]{1,10})(?:\.([0-9]*))?$/D', $text, $matches ) ) {
			throw new \InvalidArgumentException( "\"$text\" is not an amount" );
		}
		$fraction = $matches[3] ?? '';
		$ticks    = (int) $matches[2] * self::TICKS + (int) str_pad( substr( $fraction, 0, 8 ), 8, '0' );
		return '-' === $matches[1] ? -$ticks : $ticks;
	}

	/**
	 * Rounds half away from zero, as WooCommerce does.
	 */
	public static function ticks_to_minor( int $ticks, string $currency ): int {
		$unit  = self::TICKS / (int) pow( 10, self::digits( $currency ) );
		$whole = intdiv( abs( $ticks ) + intdiv( $unit, 2 ), $unit );
		return $ticks < 0 ? -$whole : $whole;
	}

	/**
	 * @param string|float|int|null $amount
	 */
	public static function to_minor( $amount, string $currency ): int {
		return self::ticks_to_minor( self::to_ticks( $amount ), $currency );
	}

	/**
	 * The gateway's form of an amount.
	 *
	 * @return array{minor: int, currency: string}
	 */
	public static function of( int $minor, string $currency ): array {
		return array(
			'minor'    => $minor,
			'currency' => $currency,
		);
	}

	/**
	 * A decimal text such as "29.95", for WooCommerce.
	 *
	 * @param array{minor: int, currency: string} $money
	 */
	public static function to_decimal( array $money ): string {
		$digits = self::digits( $money['currency'] );
		$text   = str_pad( (string) abs( $money['minor'] ), $digits + 1, '0', STR_PAD_LEFT );
		$whole  = 0 === $digits ? $text : substr( $text, 0, -$digits ) . '.' . substr( $text, -$digits );
		return ( $money['minor'] < 0 ? '-' : '' ) . $whole;
	}

	/**
	 * For people: "CHF 29.95".
	 *
	 * @param array{minor: int, currency: string} $money
	 */
	public static function to_text( array $money ): string {
		return $money['currency'] . ' ' . self::to_decimal( $money );
	}
}
