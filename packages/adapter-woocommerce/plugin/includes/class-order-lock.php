<?php
/**
 * One process at a time per order.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * A named lock of the database. It ends with the connection, so a process that is killed leaves nothing locked. No call
 * to the gateway is ever made while it is held.
 */
class Order_Lock {

	/** Seconds. */
	const WAIT = 10;

	/** @var array<int, int> How deep this process is in each order's lock. */
	private $depth = array();

	/**
	 * @template T
	 * @param callable(): T $work
	 * @return T
	 * @throws Busy_Exception When somebody else held the lock all the time.
	 */
	public function hold( int $order_id, callable $work ) {
		if ( empty( $this->depth[ $order_id ] ) ) {
			$this->acquire( $order_id );
		}
		$this->depth[ $order_id ] = ( $this->depth[ $order_id ] ?? 0 ) + 1;
		try {
			return $work();
		} finally {
			--$this->depth[ $order_id ];
			if ( 0 === $this->depth[ $order_id ] ) {
				$this->release( $order_id );
			}
		}
	}

	private function acquire( int $order_id ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery
		$answer = $wpdb->get_var( $wpdb->prepare( 'SELECT GET_LOCK(%s, %d)', $this->name( $order_id ), self::WAIT ) );
		if ( '1' !== (string) $answer ) {
			throw new Busy_Exception( "Order $order_id is being changed by somebody else." );
		}
	}

	private function release( int $order_id ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery
		$wpdb->query( $wpdb->prepare( 'DO RELEASE_LOCK(%s)', $this->name( $order_id ) ) );
	}

	/** Names are shared by all databases of the server, and have at most 64 characters. */
	private function name( int $order_id ): string {
		global $wpdb;
		return 'checkout_plugins_' . md5( DB_NAME . '|' . $wpdb->prefix . '|' . $order_id );
	}
}
