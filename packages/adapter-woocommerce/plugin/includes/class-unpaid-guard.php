<?php
/**
 * Orders that WooCommerce wants to cancel because they are unpaid.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Before WooCommerce cancels one of ours, the gateway is asked. Without an answer it stays: cancelling can wait, a paid
 * order that was cancelled cannot be mended.
 */
class Unpaid_Guard {

	/** @var Gateway_Client */
	private $client;

	/** @var Payment_Shower */
	private $shower;

	/** @var int[] Orders that WooCommerce is about to cancel in this process, by itself. */
	private $cleared = array();

	public function __construct( Gateway_Client $client, Payment_Shower $shower ) {
		$this->client = $client;
		$this->shower = $shower;
	}

	public function register(): void {
		add_filter( 'woocommerce_cancel_unpaid_order', array( $this, 'filter_cancel' ), 100, 2 );
	}

	/**
	 * @param bool           $is_cancelled
	 * @param \WC_Order|null $order
	 */
	public function filter_cancel( $is_cancelled, $order = null ): bool {
		if ( ! $is_cancelled || ! $order instanceof \WC_Order || ! Order_Record::is_ours( $order ) || ! Settings::is_ours( $order->get_payment_method() ) ) {
			return (bool) $is_cancelled;
		}
		try {
			$result = $this->client->run( Order_Command::look( $order->get_id() ), Gateway_Client::create_id() );
			if ( ! isset( $result['payment'] ) ) {
				// The gateway knows of no payment, so there is none; pending means: ask again later.
				return 'failed' === $result['kind'];
			}
			$payment = $result['payment'];
			$this->shower->show( $payment );
		} catch ( Gateway_Exception $e ) {
			return false;
		} catch ( Busy_Exception $e ) {
			return false;
		}
		$is_unpaid = in_array( $payment['standing'], array( 'open', 'failed', 'voided' ), true );
		if ( ! $is_unpaid || $payment['slow'] || 'processing' === ( $payment['state'] ?? '' ) ) {
			return false;
		}
		$this->cleared[] = $order->get_id();
		return true;
	}

	/** Is it WooCommerce's clock, and no person, that cancels this order? */
	public function has_cleared( int $order_id ): bool {
		return in_array( $order_id, $this->cleared, true );
	}
}
