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
	 * Another secret for the same shop leaves the old one valid, so that both sides can change at different times.
	 *
	 * @param array{gateway: string, shop: string, secret: string} $read
	 */
	public function keep( array $read ): void {
		$known = $this->read();
		$same  = ( $known['gateway'] ?? '' ) === $read['gateway'] && ( $known['shop'] ?? '' ) === $read['shop'];
		$old   = (string) ( $known['secret'] ?? '' );
		if ( $same && $old === $read['secret'] ) {
			return;
		}
		$this->replace( $read + array( 'previous' => $same ? $old : '' ) );
	}

	/**
	 * From now on only this secret counts.
	 *
	 * @param array<string, string> $read
	 */
	public function replace( array $read ): void {
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
	 * @return array<string, string>
	 */
	private function read(): array {
		$known = get_option( self::OPTION, array() );
		return is_array( $known ) ? $known : array();
	}
}
