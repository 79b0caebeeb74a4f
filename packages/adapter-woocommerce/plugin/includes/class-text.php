<?php
/**
 * Texts in the gateway's form.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Small conversions that several commands need.
 */
final class Text {

	/** At most so many characters, of valid UTF-8, on one line. */
	public static function cut( string $text, int $most ): string {
		$clean = trim( (string) preg_replace( '/\s+/u', ' ', wp_check_invalid_utf8( html_entity_decode( $text, ENT_QUOTES, 'UTF-8' ), true ) ) );
		return rtrim( mb_substr( $clean, 0, $most, 'UTF-8' ) );
	}

	/** "8.1", "2", "0.3333": never more than four decimals, never an exponent. */
	public static function decimal( float $number ): string {
		return rtrim( rtrim( sprintf( '%.4F', $number ), '0' ), '.' );
	}

	/** "de-CH" of WordPress's "de_CH_informal". */
	public static function language( string $locale ): string {
		$parts = explode( '_', $locale );
		$two   = isset( $parts[1] ) && preg_match( '/^[A-Z]{2}$/D', $parts[1] ) ? '-' . $parts[1] : '';
		return preg_match( '/^[a-z]{2,3}$/D', $parts[0] ) ? $parts[0] . $two : 'en';
	}
}
