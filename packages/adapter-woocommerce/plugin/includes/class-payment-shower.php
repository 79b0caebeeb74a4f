<?php
/**
 * Makes an order show a payment.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Whoever brings a payment calls `show`: the gateway through the door, and the answer of each command. It may be called
 * again with the same payment, and after a process was killed in the middle: every effect knows whether it was had, and
 * the revision is written last.
 */
class Payment_Shower {

	/** @var Order_Lock */
	private $lock;

	/** @var Order_Status */
	private $status;

	/** @var Refund_Rows */
	private $refunds;

	/** @var Order_Notes */
	private $notes;

	/** @var int The order that is being changed because of its payment, or 0. */
	private $showing = 0;

	public function __construct( Order_Lock $lock, Order_Status $status, Refund_Rows $refunds, Order_Notes $notes ) {
		$this->lock    = $lock;
		$this->status  = $status;
		$this->refunds = $refunds;
		$this->notes   = $notes;
	}

	/** Is this order being changed right now because its payment is shown, and not because somebody wants it so? */
	public function is_showing( int $order_id ): bool {
		return $this->showing === $order_id;
	}

	/**
	 * @param array<string, mixed> $payment As the gateway tells it.
	 * @return array<string, mixed> What the door answers: shown, unchanged or refused.
	 * @throws Busy_Exception When the order is locked by somebody else.
	 */
	public function show( array $payment ): array {
		$order_id = Order_Record::to_order_id( $payment['reference'] );
		return $this->lock->hold(
			$order_id,
			function () use ( $order_id, $payment ): array {
				$order = $order_id > 0 ? Order_Record::fresh( $order_id ) : null;
				if ( null === $order || ! Order_Record::is_ours( $order ) ) {
					return self::refuse( 'orderGone', "This shop has no order for {$payment['reference']}. It was deleted, or the shop was restored from a backup. Refund the payment, or ask whoever runs the shop." );
				}
				if ( $payment['revision'] <= Order_Record::revision( $order ) ) {
					return self::answer( 'unchanged', $order );
				}
				return $this->show_in( $order, $payment );
			}
		);
	}

	/**
	 * @param array<string, mixed> $payment
	 * @return array<string, mixed>
	 */
	private function show_in( \WC_Order $order, array $payment ): array {
		$this->showing = $order->get_id();
		try {
			$refusal = $this->status->refusal( $order, $payment );
			if ( null === $refusal ) {
				$this->status->show( $order, $payment );
				$refusal = Order_Status::is_given_up( $order, $payment ) ? null : $this->refunds->enter( $order, $payment );
			}
			// WooCommerce changes the order itself when it enters a refund.
			$order = Order_Record::fresh( $order->get_id() ) ?? $order;
			if ( Settings::is_ours( $order->get_payment_method() ) ) {
				$order->set_payment_method( Settings::ID ); // The Store API writes the buyer's choice again after us.
			}
			$this->notes->write( $order, $payment );
			if ( null === $refusal ) {
				do_action( 'checkout_plugins_postfinance_shown', $order, $payment );
			}
			$order->update_meta_data( Order_Record::PAYMENT, (string) wp_json_encode( $payment ) );
			$order->update_meta_data( Order_Record::REVISION, (string) $payment['revision'] );
			$order->save();
		} finally {
			$this->showing = 0;
		}
		return null === $refusal ? self::answer( 'shown', $order ) : self::refuse( $refusal[0], $refusal[1] );
	}

	/**
	 * @return array<string, mixed>
	 */
	private static function answer( string $kind, \WC_Order $order ): array {
		return array(
			'kind'    => $kind,
			'receipt' => array(
				'revision' => Order_Record::revision( $order ),
				'status'   => $order->get_status(),
			),
		);
	}

	/**
	 * @return array<string, mixed>
	 */
	private static function refuse( string $reason, string $detail ): array {
		return array(
			'kind'   => 'refused',
			'reason' => $reason,
			'detail' => $detail,
		);
	}
}
