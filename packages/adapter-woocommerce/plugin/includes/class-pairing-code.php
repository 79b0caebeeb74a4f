<?php
/**
 * What a person carries from the gateway to this shop.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * `cpp1.`: a one-time code of the gateway's console, behind which secrets are exchanged. `cpw1.`: a gateway for this one
 * shop, whose secret stands in its own environment and in the code.
 */
final class Pairing_Code {

	const ONCE = 'cpp1.';

	const FIXED = 'cpw1.';

	public static function is_once( string $text ): bool {
		return 0 === strpos( trim( $text ), self::ONCE );
	}

	/**
	 * @return array{gateway: string, platform: string, id: string, key: string}
	 * @throws \InvalidArgumentException With a message for the shop owner; it never holds the key.
	 */
	public static function parse_once( string $text ): array {
		$read = self::read( $text, self::ONCE );
		if (
			! self::is_text( $read, 'gateway', '#^https?://[^\s?\#]*[^\s?\#/]$#D' )
			|| ! self::is_text( $read, 'platform', '/^[a-z0-9-]{1,40}$/D' )
			|| ! self::is_text( $read, 'id', '/^[A-Za-z0-9_-]{1,100}$/D' )
			|| ! self::is_text( $read, 'key', '/^whsec_/' ) || ! Signature::is_secret( $read['key'] )
		) {
			throw self::damaged();
		}
		return array_intersect_key( $read, array_flip( array( 'gateway', 'platform', 'id', 'key' ) ) );
	}

	/**
	 * @return array{gateway: string, shop: string, secret: string}
	 * @throws \InvalidArgumentException With a message for the shop owner; it never holds the secret.
	 */
	public static function parse_fixed( string $text ): array {
		$read = self::read( $text, self::FIXED );
		if (
			! self::is_text( $read, 'gateway', '#^https?://[^\s?\#]+$#D' )
			|| ! self::is_text( $read, 'shop', '/^[A-Za-z0-9_-]{1,100}$/D' )
			|| ! self::is_text( $read, 'secret', '/^whsec_/' ) || ! Signature::is_secret( $read['secret'] )
		) {
			throw self::damaged();
		}
		return array(
			'gateway' => rtrim( $read['gateway'], '/' ),
			'shop'    => $read['shop'],
			'secret'  => $read['secret'],
		);
	}

	/**
	 * @return mixed
	 */
	private static function read( string $text, string $prefix ) {
		$code = trim( $text );
		if ( 0 !== strpos( $code, $prefix ) ) {
			throw new \InvalidArgumentException( __( 'This is not a pairing code. Copy it whole from the gateway: it begins with cpp1. or cpw1.', 'checkout-plugins-for-postfinance' ) );
		}
		$json = base64_decode( strtr( substr( $code, strlen( $prefix ) ), '-_', '+/' ), true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode
		return false === $json ? null : json_decode( $json, true );
	}

	/**
	 * @param mixed $read
	 */
	private static function is_text( $read, string $field, string $form ): bool {
		return is_array( $read ) && is_string( $read[ $field ] ?? null ) && 1 === preg_match( $form, $read[ $field ] );
	}

	private static function damaged(): \InvalidArgumentException {
		return new \InvalidArgumentException( __( 'The pairing code is damaged. Copy it whole from the gateway, without spaces.', 'checkout-plugins-for-postfinance' ) );
	}
}
