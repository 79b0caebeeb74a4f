<?php
/**
 * The order's status by its payment.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * What each standing of a payment means in WooCommerce. A status that a person chose is not taken back: we move an order
 * only out of those statuses in which WooCommerce itself waits for money, and out of those that we set.
 */
class Order_Status {

	/** Where WooCommerce lets a payment complete. */
	const WAITING = array( 'pending', 'failed', 'on-hold', 'cancelled', 'checkout-draft' );

	/** @var string|null While a payment is completed whose goods must wait: the status to set. */
	private $paid_status = null;

	public function register(): void {
		add_filter( 'woocommerce_payment_complete_order_status', array( $this, 'filter_paid_status' ), 100 );
		add_filter( 'woocommerce_email_enabled_customer_on_hold_order', array( $this, 'filter_on_hold_mail' ), 10, 2 );
	}

	/**
	 * Why this order cannot show the payment; null when it can.
	 *
	 * @param array<string, mixed> $payment
	 * @return array{0: string, 1: string}|null
	 */
	public function refusal( \WC_Order $order, array $payment ): ?array {
		$has_money = in_array( $payment['standing'], array( 'authorized', 'paid', 'declined', 'held' ), true );
		$number    = $order->get_order_number();
		if ( $has_money && 'trash' === $order->get_status() ) {
			return array( 'orderClosed', "Order $number is in the trash. Restore it, or refund the payment." );
		}
		$paid_by_other = null !== $order->get_date_paid() && ! Order_Record::is_by_us( $order );
		if ( $has_money && $paid_by_other ) {
			return array( 'changedByMerchant', "Order $number was also paid by {$order->get_payment_method_title()}. Refund one of the two." );
		}
		return null;
	}

	/**
	 * @param array<string, mixed> $payment
	 */
	public function show( \WC_Order $order, array $payment ): void {
		switch ( $payment['standing'] ) {
			case 'paid':
				$this->pay( $order, $payment );
				return;
			case 'authorized':
				$this->reserve( $order, $payment );
				return;
			case 'declined':
			case 'held':
				$this->hold( $order );
				return;
			case 'failed':
				$this->release( $order, 'failed' );
				return;
			case 'voided':
				$this->release( $order, 'cancelled' );
				return;
			default:
				if ( $payment['slow'] && $this->can_move( $order, array( 'pending', 'failed' ) ) && Order_Record::is_by_us( $order ) ) {
					$this->set( $order, 'on-hold' );
				}
		}
	}

	/**
	 * @param array<string, mixed> $payment
	 */
	private function pay( \WC_Order $order, array $payment ): void {
		if ( null === $order->get_date_paid() && $order->has_status( self::WAITING ) ) {
			if ( self::is_given_up( $order, $payment ) ) {
				return;
			}
			$this->adopt( $order );
			$this->complete( $order, $payment );
		} elseif ( $payment['mayShip'] && 'on-hold' === $order->get_status() && 'on-hold' === $order->get_meta( Order_Record::STATUS ) ) {
			$this->set( $order, $order->needs_processing() ? 'processing' : 'completed' );
		}
		// A process that was killed may not have come so far; WooCommerce notes what it took.
		if ( $order->has_status( array( 'processing', 'completed', 'on-hold' ) ) ) {
			wc_maybe_reduce_stock_levels( $order->get_id() );
		}
	}

	/**
	 * @param array<string, mixed> $payment
	 */
	private function complete( \WC_Order $order, array $payment ): void {
		$target = $order->needs_processing() ? 'processing' : 'completed';
		$target = $payment['mayShip'] ? $target : 'on-hold';
		$order->update_meta_data( Order_Record::STATUS, $target );
		$this->paid_status = $payment['mayShip'] ? null : 'on-hold';
		if ( 'checkout-draft' === $order->get_status() ) {
			$order->set_status( 'pending' );
		}
		try {
			$order->payment_complete( Order_Record::transaction( $payment ) );
		} finally {
			$this->paid_status = null;
		}
		if ( $payment['mayShip'] ) {
			// Another plugin may have its own opinion on what a paid order is.
			$order->update_meta_data( Order_Record::STATUS, $order->get_status() );
		}
	}

	/**
	 * @param array<string, mixed> $payment
	 */
	private function reserve( \WC_Order $order, array $payment ): void {
		if ( null !== $order->get_date_paid() || self::is_given_up( $order, $payment ) || ! $order->has_status( self::WAITING ) ) {
			return;
		}
		$this->adopt( $order );
		$order->set_transaction_id( Order_Record::transaction( $payment ) );
		if ( ! in_array( $order->get_status(), array( 'on-hold', 'processing' ), true ) ) {
			$this->set( $order, Settings::get( 'authorized_status' ) );
		}
		wc_maybe_reduce_stock_levels( $order->get_id() );
	}

	/** There is money, but nothing may be shipped: a person must look. */
	private function hold( \WC_Order $order ): void {
		if ( $this->can_move( $order, array( 'pending', 'failed', 'cancelled' ) ) && 'on-hold' !== $order->get_status() ) {
			$this->adopt( $order );
			$this->set( $order, 'on-hold' );
		}
	}

	/** There is no money: the goods are free again. The buyer may try again on a failed order. */
	private function release( \WC_Order $order, string $status ): void {
		if ( ! Order_Record::is_by_us( $order ) || ! $this->can_move( $order, array( 'pending', 'failed' ) ) ) {
			return;
		}
		if ( $status !== $order->get_status() ) {
			$this->set( $order, $status );
		}
		wc_maybe_increase_stock_levels( $order->get_id() );
	}

	/** A buyer may have chosen another means meanwhile; it was with ours that he paid. */
	private function adopt( \WC_Order $order ): void {
		if ( Settings::ID === $order->get_payment_method() ) {
			return;
		}
		if ( ! Order_Record::is_by_us( $order ) ) {
			$order->set_payment_method_title( Settings::title() );
		}
		$order->set_payment_method( Settings::ID );
	}

	/**
	 * Cancelled in the shop before it was paid, and what came afterwards is given back, all of it: never its money.
	 *
	 * @param array<string, mixed> $payment
	 */
	public static function is_given_up( \WC_Order $order, array $payment ): bool {
		if ( 'cancelled' !== $order->get_status() || null !== $order->get_date_paid() ) {
			return false;
		}
		$given_back = 0;
		foreach ( Refund_Rows::refunds_of( $payment ) as $operation ) {
			$given_back += 'failed' === $operation['state'] ? 0 : $operation['amount']['minor'];
		}
		return $payment['abandoned'] || ( $given_back > 0 && $given_back >= $payment['completed']['minor'] );
	}

	/**
	 * @param string[] $always
	 */
	private function can_move( \WC_Order $order, array $always ): bool {
		$status = $order->get_status();
		return in_array( $status, $always, true ) || $status === $order->get_meta( Order_Record::STATUS );
	}

	/** Both are written together, so that we know our own status again after being killed. */
	private function set( \WC_Order $order, string $status ): void {
		$order->update_meta_data( Order_Record::STATUS, $status );
		$order->set_status( $status );
		$order->save();
	}

	public function filter_paid_status( string $status ): string {
		return $this->paid_status ?? $status;
	}

	/**
	 * The money came, and the goods wait a moment for its confirmation: the mail about it follows then.
	 *
	 * @param bool|string    $is_enabled
	 * @param \WC_Order|null $order
	 * @return bool|string
	 */
	public function filter_on_hold_mail( $is_enabled, $order = null ) {
		return null === $this->paid_status ? $is_enabled : false;
	}
}
