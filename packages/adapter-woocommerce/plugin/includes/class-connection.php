<?php
/**
 * The gateway this shop is paired with.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * What a pairing code brought: where the gateway is, this shop's name there, and the shared secret.
 */
final class Connection {

	const OPTION = 'checkout_plugins_postfinance_connection';

	/** When the gateway was last heard at our door, seconds since 1970. */
	const HEARD = 'checkout_plugins_postfinance_heard';

	const PREFIX = 'cpw1.';

	public function is_paired(): bool {
		return array() !== $this->secrets();
	}

	/** Without a slash at its end; empty when not paired. */
	public function gateway_url(): string {
		return (string) ( $this->read()['gateway'] ?? '' );
	}

	public function shop_id(): string {
		return (string) ( $this->read()['shop'] ?? '' );
	}

	/**
	 * Newest first; two while one is being replaced.
	 *
	 * @return string[]
	 */
	public function secrets(): array {
		$known = $this->read();
		$all   = array( (string) ( $known['secret'] ?? '' ), (string) ( $known['previous'] ?? '' ) );
		return array_values( array_filter( $all, array( Signature::class, 'is_secret' ) ) );
	}

	/**
	 * Keeps what the code says. A new secret for the same shop leaves the old one valid, so that both sides can change
	 * at different times.
	 *
	 * @throws \InvalidArgumentException With a message for the shop owner.
	 */
	public function pair( string $code ): void {
		$read  = self::parse( $code );
		$known = $this->read();
		$same  = ( $known['gateway'] ?? '' ) === $read['gateway'] && ( $known['shop'] ?? '' ) === $read['shop'];
		$old   = (string) ( $known['secret'] ?? '' );
		if ( $same && $old === $read['secret'] ) {
			return;
		}
		$read['previous'] = $same ? $old : '';
		update_option( self::OPTION, $read, false );
		delete_option( self::HEARD );
	}

	public function note_heard( int $now ): void {
		// Once a minute is enough for a person, and spares the database.
		if ( $now - $this->last_heard() >= MINUTE_IN_SECONDS ) {
			update_option( self::HEARD, $now, false );
		}
	}

	public function last_heard(): int {
		return (int) get_option( self::HEARD, 0 );
	}

	/**
	 * @return array{gateway: string, shop: string, secret: string}
	 */
	private static function parse( string $code ): array {
		$code = trim( $code );
		if ( 0 !== strpos( $code, self::PREFIX ) ) {
			throw new \InvalidArgumentException( __( 'This is not a pairing code. Copy it whole from the gateway: it begins with cpw1.', 'checkout-plugins-for-postfinance' ) );
		}
		$json = base64_decode( strtr( substr( $code, strlen( self::PREFIX ) ), '-_', '+/' ), true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode
		$read = false === $json ? null : json_decode( $json, true );
		if (
			! is_array( $read )
			|| ! is_string( $read['gateway'] ?? null ) || ! preg_match( '#^https?://[^\s?\#]+$#D', $read['gateway'] )
			|| ! is_string( $read['shop'] ?? null ) || ! preg_match( '/^[A-Za-z0-9_-]{1,100}$/D', $read['shop'] )
			|| ! is_string( $read['secret'] ?? null ) || ! Signature::is_secret( $read['secret'] )
		) {
			throw new \InvalidArgumentException( __( 'The pairing code is damaged. Copy it whole from the gateway, without spaces.', 'checkout-plugins-for-postfinance' ) );
		}
		return array(
			'gateway' => rtrim( $read['gateway'], '/' ),
			'shop'    => $read['shop'],
			'secret'  => $read['secret'],
		);
	}

	/**
	 * @return array<string, string>
	 */
	private function read(): array {
		$known = get_option( self::OPTION, array() );
		return is_array( $known ) ? $known : array();
	}
}
