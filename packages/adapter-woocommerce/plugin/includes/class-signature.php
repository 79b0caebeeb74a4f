<?php
/**
 * Signed messages, both ways.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, over the raw bytes.
 */
final class Signature {

	/** How far a message's time may be from ours, in seconds. */
	const TOLERANCE = 300;

	/**
	 * Is this `whsec_` and the Base64 of 24 to 64 bytes?
	 */
	public static function is_secret( string $secret ): bool {
		return null !== self::to_key( $secret );
	}

	/**
	 * The three headers for a message, with one signature for each secret.
	 *
	 * @param string   $id        Printable ASCII without a dot, at most 100 characters.
	 * @param int      $timestamp Seconds since 1970.
	 * @param string   $body      Exactly the bytes that are sent.
	 * @param string[] $secrets   While one is being replaced, the new one and the old one.
	 * @return array<string, string>
	 */
	public static function sign( string $id, int $timestamp, string $body, array $secrets ): array {
		$signatures = array();
		foreach ( $secrets as $secret ) {
			$signatures[] = 'v1,' . base64_encode( self::to_mac( $secret, $id, (string) $timestamp, $body ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- the form of Standard Webhooks.
		}
		return array(
			'webhook-id'        => $id,
			'webhook-timestamp' => (string) $timestamp,
			'webhook-signature' => implode( ' ', $signatures ),
		);
	}

	/**
	 * Checks a message against every secret, in constant time, and then its time.
	 *
	 * @param array<string, string|null> $headers By lower case name.
	 * @param string                     $body    The raw bytes, before anything parsed them.
	 * @param string[]                   $secrets Any of them may have signed.
	 * @param int                        $now     Seconds since 1970.
	 * @return array{verified: bool, id?: string, timestamp?: int, reason?: string, message?: string}
	 */
	public static function verify( array $headers, string $body, array $secrets, int $now ): array {
		$id        = (string) ( $headers['webhook-id'] ?? '' );
		$timestamp = (string) ( $headers['webhook-timestamp'] ?? '' );
		$signature = (string) ( $headers['webhook-signature'] ?? '' );
		if ( '' === $id || '' === $timestamp || '' === $signature ) {
			return self::refuse( 'unsigned', 'Send the headers webhook-id, webhook-timestamp and webhook-signature (Standard Webhooks).' );
		}
		if ( ! preg_match( '/^[!-\-\/-~]{1,100}$/D', $id ) ) {
			return self::refuse( 'malformed', 'webhook-id must be 1 to 100 printable ASCII characters without a dot.' );
		}
		if ( ! preg_match( '/^[0-9]{1,12}$/D', $timestamp ) ) {
			return self::refuse( 'malformed', 'webhook-timestamp must be whole seconds since 1970.' );
		}
		$received = self::to_signatures( $signature );
		if ( array() === $received ) {
			return self::refuse( 'malformed', 'webhook-signature must hold "v1," and 44 Base64 characters.' );
		}
		if ( ! self::is_any_equal( $received, $id, $timestamp, $body, $secrets ) ) {
			return self::refuse( 'signature', 'No signature fits. Compare the secret on both sides, and sign exactly the bytes that are sent, with their own id and timestamp.' );
		}
		$ahead = (int) $timestamp - $now;
		if ( abs( $ahead ) > self::TOLERANCE ) {
			$where = $ahead > 0 ? 'ahead of' : 'behind';
			return self::refuse( 'clock', 'The message\'s time is ' . abs( $ahead ) . " s $where this shop's. Set both clocks by NTP." );
		}
		return array(
			'verified'  => true,
			'id'        => $id,
			'timestamp' => (int) $timestamp,
		);
	}

	/**
	 * No short cut: the time taken tells nothing about which secret fits.
	 *
	 * @param string[] $received
	 * @param string[] $secrets
	 */
	private static function is_any_equal( array $received, string $id, string $timestamp, string $body, array $secrets ): bool {
		$is_equal = false;
		foreach ( $secrets as $secret ) {
			$mac = self::to_mac( $secret, $id, $timestamp, $body );
			foreach ( $received as $mine ) {
				$is_equal = hash_equals( $mac, $mine ) || $is_equal;
			}
		}
		return $is_equal;
	}

	/**
	 * Those of version 1; the header may list several, parted by spaces.
	 *
	 * @return string[] Of 32 bytes each.
	 */
	private static function to_signatures( string $header ): array {
		$found = array();
		foreach ( explode( ' ', $header ) as $part ) {
			if ( preg_match( '/^v1,([A-Za-z0-9+\/]{43}=)$/D', $part, $matches ) ) {
				$found[] = (string) base64_decode( $matches[1] ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode
			}
		}
		return $found;
	}

	private static function to_mac( string $secret, string $id, string $timestamp, string $body ): string {
		$key = self::to_key( $secret );
		if ( null === $key ) {
			throw new \InvalidArgumentException( 'A secret is "whsec_" and the Base64 of 24 to 64 bytes' );
		}
		return hash_hmac( 'sha256', "$id.$timestamp.$body", $key, true );
	}

	private static function to_key( string $secret ): ?string {
		if ( ! preg_match( '/^whsec_([A-Za-z0-9+\/]+={0,2})$/D', $secret, $matches ) ) {
			return null;
		}
		$key = base64_decode( $matches[1], true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode
		if ( false === $key || strlen( $key ) < 24 || strlen( $key ) > 64 || base64_encode( $key ) !== $matches[1] ) { // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode
			return null;
		}
		return $key;
	}

	/**
	 * @return array{verified: bool, reason: string, message: string}
	 */
	private static function refuse( string $reason, string $message ): array {
		return array(
			'verified' => false,
			'reason'   => $reason,
			'message'  => $message,
		);
	}
}
