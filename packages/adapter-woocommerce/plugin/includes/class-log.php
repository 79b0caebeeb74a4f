<?php
/**
 * The log, under WooCommerce > Status > Logs.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Fields are ids, states and counts: never a secret, never a buyer's data.
 */
class Log {

	const SOURCE = 'checkout-plugins-for-postfinance';

	/**
	 * Only while the setting "Detailed log" is on.
	 *
	 * @param array<string, scalar> $fields
	 */
	public function debug( string $event, array $fields = array() ): void {
		if ( 'yes' === Settings::get( 'debug' ) ) {
			$this->write( 'debug', $event, $fields );
		}
	}

	/**
	 * @param array<string, scalar> $fields
	 */
	public function error( string $event, array $fields = array() ): void {
		$this->write( 'error', $event, $fields );
	}

	/**
	 * @param array<string, scalar> $fields
	 */
	private function write( string $level, string $event, array $fields ): void {
		$text = $event;
		foreach ( $fields as $name => $value ) {
			$text .= " $name=$value";
		}
		wc_get_logger()->log( $level, $text, array( 'source' => self::SOURCE ) );
	}
}
