<?php
/**
 * Refunds that the merchant starts in WooCommerce.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce knows two answers, yes and an error, and deletes its row at an error. So what is not known yet is told as
 * yes, with a note that says so; should it fail later, the row is taken back. An error means: certainly not refunded.
 */
class Refund_Request {

	/** @var Outbox */
	private $outbox;

	/** @var Refund_Rows */
	private $rows;

	public function __construct( Outbox $outbox, Refund_Rows $rows ) {
		$this->outbox = $outbox;
		$this->rows   = $rows;
	}

	/**
	 * @return true|\WP_Error
	 */
	public function run( \WC_Order $order, string $reason ) {
		$row = $this->rows->current( $order->get_id() );
		if ( null === $row || 0 === $row->get_id() ) {
			return new \WP_Error( 'checkout_plugins_no_row', __( 'Start refunds on the order, or by wc_create_refund() with refund_payment.', 'checkout-plugins-for-postfinance' ) );
		}
		$held    = array_keys( $this->rows->of( $order->get_id() ) );
		$command = Order_Command::refund( $order, $row, $held, $reason );
		try {
			$answer = $this->outbox->send( $order->get_id(), $command, false );
		} finally {
			$this->rows->forget_current();
		}
		if ( 'failed' === $answer['kind'] ) {
			return new \WP_Error( 'checkout_plugins_refund', $answer['message'] );
		}
		if ( 'pending' === $answer['kind'] ) {
			$order->add_order_note( __( 'The refund is on its way, but not confirmed yet. You are told here what comes of it; do not start it again.', 'checkout-plugins-for-postfinance' ) );
		}
		return true;
	}
}
