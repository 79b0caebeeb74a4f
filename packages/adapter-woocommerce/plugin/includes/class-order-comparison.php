<?php
/**
 * Do the orders and the gateway still say the same?
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Once a day. The gateway tells this shop everything, and knows what was told: but a shop that was restored from a backup
 * has forgotten it. Orders that still wait are asked for; orders that count as paid without money are told to a person.
 */
class Order_Comparison {

	const HOOK = 'checkout_plugins_postfinance_compare';

	/** When it was last asked for, seconds since 1970. */
	const OPTION = 'checkout_plugins_postfinance_compared';

	/** Of orders that are compared. */
	const DAYS = 30;

	/** Orders of each kind, the newest: what is older is nobody's buyer any more. */
	const MOST = 200;

	/** @var Connection */
	private $connection;

	/** @var Gateway_Client */
	private $client;

	/** @var Payment_Shower */
	private $shower;

	public function __construct( Connection $connection, Gateway_Client $client, Payment_Shower $shower ) {
		$this->connection = $connection;
		$this->client     = $client;
		$this->shower     = $shower;
	}

	public function register(): void {
		add_action( 'init', array( $this, 'schedule' ), 20 );
		add_action( self::HOOK, array( $this, 'run' ), 10, 0 );
	}

	public function schedule(): void {
		if ( time() - (int) get_option( self::OPTION, 0 ) >= DAY_IN_SECONDS && $this->connection->is_paired() ) {
			update_option( self::OPTION, time() );
			WC()->queue()->schedule_single( time(), self::HOOK, array(), Settings::ID );
		}
	}

	/**
	 * @return array{asked: int, mended: int[], unpaid: int[], silent: bool} `mended`: had missed something. `unpaid`: count as paid without money. `silent`: the gateway did not answer; the rest is compared another day.
	 */
	public function run(): array {
		$report = array(
			'asked'  => 0,
			'mended' => array(),
			'unpaid' => array(),
			'silent' => false,
		);
		foreach ( $this->orders( array( 'pending', 'on-hold', 'failed', 'processing', 'completed' ) ) as $id ) {
			$order = wc_get_order( $id );
			if ( ! $order instanceof \WC_Order || ! Order_Record::is_ours( $order ) || ! Settings::is_ours( $order->get_payment_method() ) || self::agrees( $order ) ) {
				continue;
			}
			$payment = $this->ask( $order );
			if ( null === $payment ) {
				$report['silent'] = true;
				break;
			}
			++$report['asked'];
			$after = Order_Record::fresh( $id ) ?? $order;
			if ( Order_Record::revision( $after ) > Order_Record::revision( $order ) ) {
				$report['mended'][] = $id;
			}
			if ( self::counts_as_paid( $after ) && ! self::agrees( $after ) ) {
				$report['unpaid'][] = $id;
				$this->tell( $after );
			}
		}
		return $report;
	}

	/** It counts as paid, and what is recorded of its payment says that there is money. */
	private static function agrees( \WC_Order $order ): bool {
		return self::counts_as_paid( $order ) && in_array( Order_Record::standing( $order ), array( 'authorized', 'paid', 'declined', 'held' ), true );
	}

	private static function counts_as_paid( \WC_Order $order ): bool {
		return in_array( $order->get_status(), array( 'processing', 'completed' ), true );
	}

	/**
	 * @return array<string, mixed>|null Empty: the gateway knows of no payment. null: it did not answer.
	 */
	private function ask( \WC_Order $order ): ?array {
		try {
			$result = $this->client->run( Order_Command::look( $order->get_id() ), Gateway_Client::create_id() );
			if ( isset( $result['payment'] ) ) {
				$this->shower->show( $result['payment'] );
			}
			return $result['payment'] ?? array();
		} catch ( Gateway_Exception $e ) {
			return null; // The client has logged it.
		} catch ( Busy_Exception $e ) {
			return array(); // Somebody else shows it just now.
		}
	}

	/** Once. */
	private function tell( \WC_Order $order ): void {
		$noted = json_decode( (string) $order->get_meta( Order_Record::NOTED ), true );
		$noted = is_array( $noted ) ? $noted : array();
		if ( ! isset( $noted['unpaid'] ) ) {
			$order->add_order_note( __( 'This order counts as paid, but PostFinance Checkout has no money for it. Did a person change its status, or was it paid in another way?', 'checkout-plugins-for-postfinance' ) );
			$order->update_meta_data( Order_Record::NOTED, (string) wp_json_encode( array( 'unpaid' => 'told' ) + $noted ) );
			$order->save_meta_data();
		}
	}

	/**
	 * @param string[] $statuses
	 * @return int[]
	 */
	private function orders( array $statuses ): array {
		$all = array();
		foreach ( $statuses as $status ) {
			$found = wc_get_orders(
				array(
					'status'       => array( $status ),
					'limit'        => self::MOST,
					'orderby'      => 'date',
					'order'        => 'DESC',
					'return'       => 'ids',
					'date_created' => '>' . ( time() - self::DAYS * DAY_IN_SECONDS ),
					'meta_key'     => Order_Record::REFERENCE, // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_key -- once a day, in the background.
					'meta_value'   => '', // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_value
					'meta_compare' => '!=',
				)
			);
			$all   = array_merge( $all, array_map( 'intval', $found ) );
		}
		return $all;
	}
}
