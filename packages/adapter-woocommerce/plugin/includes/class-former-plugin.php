<?php
/**
 * What the plugin left that this shop took PostFinance Checkout by before.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Reads tables, options and fields of the plugin "PostFinance Checkout" of postfinancecheckout AG, version 1.0 to 3.4,
 * whether it is active or not. Nothing of it is ever changed. Its own code: https://github.com/pfpayments/woocommerce.
 */
class Former_Plugin {

	/** States in which nothing more comes of a transaction. */
	const FINAL_STATES = array( 'FAILED', 'DECLINE', 'VOIDED', 'FULFILL' );

	/** Statuses of orders that wait for their money; the last three are its own. */
	const WAITING = array( 'pending', 'on-hold', 'postfi-redirected', 'postfi-waiting', 'postfi-manual' );

	/** After so many days nothing more comes of a payment, whatever its last state was: no reservation lasts as long. */
	const DAYS = 180;

	/** On an order: by which of its methods it was paid. */
	const GATEWAY = '_postfinancecheckout_gateway_id';

	/** On a subscription: what its renewals are charged on. */
	const MEANS = '_postfinancecheckout_subscription_token_id';

	/** Part of the name of each of its payment methods, and of none of ours. */
	const ID = 'postfinancecheckout';

	/** @var array<string, string> Its tables that are there, by their short name; empty where one is not. */
	private $tables = array();

	public function is_here(): bool {
		return '' !== $this->table( 'transaction_info' );
	}

	/** Empty when it was never set up. */
	public function space(): string {
		return (string) get_option( 'wc_postfinancecheckout_space_id', '' );
	}

	public static function is_its( string $gateway_id ): bool {
		return 0 === strpos( $gateway_id, self::ID );
	}

	/** Of this order, at the service; empty when there is none. */
	public function transaction( int $order_id ): string {
		global $wpdb;
		$table = $this->table( 'transaction_info' );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- a table of another plugin, whose name we know.
		return '' === $table ? '' : (string) $wpdb->get_var( $wpdb->prepare( "SELECT transaction_id FROM $table WHERE order_id = %d", $order_id ) );
	}

	/**
	 * Those of the last half year that more can come of: by what it knows of their transactions, or because they still wait for their money.
	 *
	 * @return int[] Oldest first.
	 */
	public function open_orders(): array {
		global $wpdb;
		$table = $this->table( 'transaction_info' );
		if ( '' === $table ) {
			return array();
		}
		$since = time() - self::DAYS * DAY_IN_SECONDS;
		$final = "'" . implode( "', '", self::FINAL_STATES ) . "'";
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- as above; the states are ours.
		$unfinished = $wpdb->get_col( $wpdb->prepare( "SELECT order_id FROM $table WHERE order_id IS NOT NULL AND state NOT IN ($final) AND created_at > %s", gmdate( 'Y-m-d H:i:s', $since ) ) );
		$waiting    = wc_get_orders(
			array(
				'status'       => self::WAITING,
				'limit'        => -1,
				'return'       => 'ids',
				'date_created' => ">$since",
				'meta_key'     => self::GATEWAY, // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_key -- only on the page of the settings.
				'meta_value'   => '', // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_value
				'meta_compare' => '!=',
			)
		);
		$all        = array_unique( array_map( 'intval', array_merge( $unfinished, $waiting ) ) );
		sort( $all );
		return $all;
	}

	/**
	 * Who keeps means of payment.
	 *
	 * @return int[]
	 */
	public function customers(): array {
		global $wpdb;
		$table = $this->table( 'token_info' );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- as above.
		return '' === $table ? array() : array_map( 'intval', $wpdb->get_col( "SELECT DISTINCT customer_id FROM $table WHERE customer_id > 0 AND state = 'ACTIVE' ORDER BY customer_id" ) );
	}

	/**
	 * Its subscriptions, by number.
	 *
	 * @return \WC_Order[]
	 */
	public function subscriptions(): array {
		if ( ! Subscriptions::are_here() || ! $this->is_here() ) {
			return array();
		}
		$all = wcs_get_subscriptions(
			array(
				'subscriptions_per_page' => -1,
				'subscription_status'    => array( 'active', 'on-hold', 'pending', 'pending-cancel' ),
			)
		);
		return array_filter(
			$all,
			static function ( \WC_Order $subscription ): bool {
				return self::is_its( $subscription->get_payment_method() ) && '' !== (string) $subscription->get_meta( self::MEANS );
			}
		);
	}

	/**
	 * Its means of payment.
	 *
	 * @return array<string, bool> Whether it is offered, by its number at the service.
	 */
	public function methods(): array {
		global $wpdb;
		$table   = $this->table( 'method_config' );
		$methods = array();
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- as above.
		foreach ( '' === $table ? array() : $wpdb->get_results( "SELECT id, configuration_id, state FROM $table" ) as $row ) {
			$settings = get_option( "woocommerce_postfinancecheckout_{$row->id}_settings", array() );
			$methods[ (string) $row->configuration_id ] = 'active' === $row->state && 'no' !== ( $settings['enabled'] ?? 'yes' );
		}
		return $methods;
	}

	/** By its name, or by the one it had until version 3.0. */
	private function table( string $name ): string {
		global $wpdb;
		if ( ! isset( $this->tables[ $name ] ) ) {
			$this->tables[ $name ] = '';
			foreach ( array( "{$wpdb->prefix}postfinancecheckout_$name", "{$wpdb->prefix}wc_postfinancecheckout_$name" ) as $table ) {
				// phpcs:ignore WordPress.DB.DirectDatabaseQuery
				if ( '' === $this->tables[ $name ] && $table === $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) ) {
					$this->tables[ $name ] = $table;
				}
			}
		}
		return $this->tables[ $name ];
	}
}
