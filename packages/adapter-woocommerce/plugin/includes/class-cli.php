<?php
/**
 * WP-CLI.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * PostFinance Checkout, for whoever looks after the shop.
 */
class Cli {

	/** @var Connection */
	private $connection;

	/** @var Check_List */
	private $checks;

	/** @var Outbox */
	private $outbox;

	/** @var Migration */
	private $migration;

	/** @var Order_Comparison */
	private $comparison;

	public function __construct( Connection $connection, Check_List $checks, Outbox $outbox, Migration $migration, Order_Comparison $comparison ) {
		$this->connection = $connection;
		$this->checks     = $checks;
		$this->outbox     = $outbox;
		$this->migration  = $migration;
		$this->comparison = $comparison;
	}

	/**
	 * Shows the pairing, or one order's payment.
	 *
	 * ## OPTIONS
	 *
	 * [<order>]
	 * : Number of the order in WordPress.
	 *
	 * @param string[] $args
	 */
	public function status( $args ): void {
		if ( ! isset( $args[0] ) ) {
			\WP_CLI::log( $this->connection->is_paired() ? "Paired as {$this->connection->shop_id()} with {$this->connection->gateway_url()}." : 'Not paired.' );
			\WP_CLI::log( 'Orders with commands that wait: ' . count( $this->waiting() ) . '.' );
			return;
		}
		$order   = self::order( $args[0] );
		$payment = Order_Record::payment( $order );
		if ( null === $payment ) {
			\WP_CLI::log( "Order {$order->get_id()} was handed to the gateway; nothing is known of its payment yet." );
			return;
		}
		\WP_CLI::log( "Order {$order->get_id()} is {$order->get_status()}; its payment is {$payment['standing']} (revision {$payment['revision']}, transaction " . Order_Record::transaction( $payment ) . ').' );
		\WP_CLI::log( 'Reserved ' . Money::to_text( $payment['authorized'] ) . ', taken ' . Money::to_text( $payment['completed'] ) . ', paid back ' . Money::to_text( $payment['refunded'] ) . '.' );
		\WP_CLI::log( 'Commands that wait: ' . count( Outbox::entries( $order ) ) . '.' );
	}

	/**
	 * Asks the gateway for an order's payment, and shows it.
	 *
	 * ## OPTIONS
	 *
	 * <order>
	 * : Number of the order in WordPress.
	 *
	 * @param string[] $args
	 */
	public function settle( $args ): void {
		$order  = self::order( $args[0] ?? '' );
		$answer = $this->outbox->send( $order->get_id(), Order_Command::look( $order->get_id() ), false );
		if ( 'failed' === $answer['kind'] ) {
			\WP_CLI::error( $answer['message'] );
		}
		$this->status( array( (string) $order->get_id() ) );
	}

	/**
	 * Says of each direction whether it works, or why not.
	 *
	 * @subcommand test-connection
	 */
	public function test_connection(): void {
		$problems = $this->checks->problems();
		foreach ( $problems as $problem ) {
			\WP_CLI::warning( $problem );
		}
		if ( array() !== $problems ) {
			\WP_CLI::error( 'The shop and its gateway do not reach each other.' );
		}
		\WP_CLI::success( 'The shop and its gateway reach each other.' );
	}

	/**
	 * Sends again every command whose outcome is not known.
	 */
	public function repair(): void {
		$left = 0;
		$all  = $this->waiting();
		foreach ( $all as $id ) {
			$this->outbox->send_again( $id );
			$order = Order_Record::fresh( $id );
			$left += null !== $order && array() !== Outbox::entries( $order ) ? 1 : 0;
		}
		\WP_CLI::log( 'Orders with commands that waited: ' . count( $all ) . ", that still wait: $left." );
		if ( $left > 0 ) {
			\WP_CLI::error( 'The gateway did not answer. Try wp checkout-plugins test-connection.' );
		}
		\WP_CLI::success( 'Nothing waits.' );
	}

	/**
	 * Compares the orders of the last month with the gateway: shows what they missed, and names those that count as paid without money.
	 */
	public function compare(): void {
		$report = $this->comparison->run();
		\WP_CLI::log( "Asked for {$report['asked']} orders." );
		foreach ( $report['mended'] as $id ) {
			\WP_CLI::log( "Order $id had missed something, and shows it now." );
		}
		foreach ( $report['unpaid'] as $id ) {
			\WP_CLI::warning( "Order $id counts as paid, but PostFinance Checkout has no money for it." );
		}
		if ( $report['silent'] ) {
			\WP_CLI::error( 'The gateway did not answer. Try wp checkout-plugins test-connection.' );
		}
		\WP_CLI::success( 'Orders and gateway say the same.' );
	}

	/**
	 * Takes over settings, open orders, kept cards and subscriptions of the plugin "PostFinance Checkout". Nothing of it is deleted.
	 *
	 * ## OPTIONS
	 *
	 * [--dry-run]
	 * : Only say what there is.
	 *
	 * @param string[]            $args
	 * @param array<string, bool> $options
	 */
	public function migrate( $args, $options = array() ): void {
		foreach ( $this->migration->plan() as $line ) {
			\WP_CLI::log( $line );
		}
		if ( ! empty( $options['dry-run'] ) ) {
			return;
		}
		$report = $this->migration->run( PHP_INT_MAX );
		foreach ( $report['problems'] as $problem ) {
			\WP_CLI::warning( $problem );
		}
		\WP_CLI::success( $report['text'] );
	}

	/**
	 * @return int[]
	 */
	private function waiting(): array {
		return array_map(
			'intval',
			wc_get_orders(
				array(
					'limit'        => -1,
					'return'       => 'ids',
					'meta_key'     => Order_Record::OUTBOX, // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_key -- only here, and by hand.
					'meta_compare' => '!=',
					'meta_value'   => '', // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_value
				)
			)
		);
	}

	/** Ends the program when it is none of ours. */
	private static function order( string $id ): \WC_Order {
		$order = wc_get_order( absint( $id ) );
		if ( ! $order instanceof \WC_Order || ! Order_Record::is_ours( $order ) ) {
			\WP_CLI::error( "There is no order $id that is paid with PostFinance Checkout." );
		}
		return $order;
	}
}
