<?php
/**
 * WooCommerce's refunds and the gateway's.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Each refund of a payment is one row in the order, whoever started it: here, in PostFinance Checkout's own portal, or
 * the gateway. A row carries the key of its operation, so it is entered once.
 */
class Refund_Rows {

	/** @var \WC_Order_Refund|null The row that WooCommerce is about to save, and then to ask us for. */
	private $current = null;

	/** @var array<string, string> Our fields for the row that we are about to make. */
	private $fields = array();

	public function register(): void {
		add_action( 'woocommerce_create_refund', array( $this, 'on_create' ), 10, 1 );
	}

	public static function to_key( int $refund_id ): string {
		return "refund-$refund_id";
	}

	/**
	 * @param \WC_Order_Refund $refund
	 */
	public function on_create( $refund ): void {
		foreach ( $this->fields as $name => $value ) {
			$refund->update_meta_data( $name, $value );
		}
		if ( array() === $this->fields ) {
			$order = wc_get_order( $refund->get_parent_id() );
			if ( $order instanceof \WC_Order && Order_Record::is_ours( $order ) ) {
				$refund->update_meta_data( Order_Record::STATUS_BEFORE, $order->get_status() );
				$this->current = $refund;
			}
		}
	}

	/** The row for which WooCommerce asks us now. */
	public function current( int $order_id ): ?\WC_Order_Refund {
		return null !== $this->current && $this->current->get_parent_id() === $order_id ? $this->current : null;
	}

	public function forget_current(): void {
		$this->current = null;
	}

	/**
	 * @return \WC_Order_Refund[] By key.
	 */
	public function of( int $order_id ): array {
		$rows = array();
		$all  = wc_get_orders(
			array(
				'type'   => 'shop_order_refund',
				'parent' => $order_id,
				'limit'  => -1,
			)
		);
		foreach ( $all as $row ) {
			$rows[ self::to_key( $row->get_id() ) ] = $row;
		}
		return $rows;
	}

	/**
	 * Makes the order's refunds those of the payment.
	 *
	 * @param array<string, mixed> $payment
	 * @return array{0: string, 1: string}|null Why not.
	 */
	public function enter( \WC_Order $order, array $payment ): ?array {
		$operations = self::refunds_of( $payment );
		if ( array() === $operations ) {
			return null;
		}
		$rows    = $this->of( $order->get_id() );
		$refusal = null;
		foreach ( $operations as $operation ) {
			$row = $this->find( $rows, $operation );
			if ( null !== $row ) {
				$this->follow( $order, $row, $operation );
			} elseif ( 'successful' === $operation['state'] ) {
				$refusal = $this->add( $order, $rows, $operation ) ?? $refusal;
			}
		}
		return $refusal;
	}

	/**
	 * Those of the payment that counts: what is given back of a double payment is not given back of the order.
	 *
	 * @param array<string, mixed> $payment
	 * @return array<int, array<string, mixed>>
	 */
	public static function refunds_of( array $payment ): array {
		$governing = $payment['governing']['id'] ?? null;
		$found     = array();
		foreach ( $payment['operations'] as $operation ) {
			if ( 'refund' === $operation['kind'] && $governing === $operation['attempt'] && null !== $operation['amount'] ) {
				$found[] = $operation;
			}
		}
		return $found;
	}

	/**
	 * @param \WC_Order_Refund[]   $rows
	 * @param array<string, mixed> $operation
	 */
	private function find( array $rows, array $operation ): ?\WC_Order_Refund {
		foreach ( $rows as $key => $row ) {
			if ( $operation['key'] === $row->get_meta( Order_Record::OPERATION ) || in_array( $key, $operation['shopKeys'], true ) ) {
				return $row;
			}
		}
		return null;
	}

	/**
	 * @param array<string, mixed> $operation
	 */
	private function follow( \WC_Order $order, \WC_Order_Refund $row, array $operation ): void {
		if ( 'failed' === $operation['state'] ) {
			$this->undo( $order, $row );
			return;
		}
		if ( $operation['key'] !== $row->get_meta( Order_Record::OPERATION ) ) {
			$row->update_meta_data( Order_Record::OPERATION, $operation['key'] );
			$row->save_meta_data();
		} elseif ( 'no' === $row->get_meta( Order_Record::ENTERED ) ) {
			$this->finish_after_kill( $order, $row );
		}
	}

	/** It was told as done while nobody knew, and then failed. */
	private function undo( \WC_Order $order, \WC_Order_Refund $row ): void {
		if ( null !== $this->current && $this->current->get_id() === $row->get_id() ) {
			return; // WooCommerce takes it back itself, as soon as we have answered.
		}
		$before = (string) $row->get_meta( Order_Record::STATUS_BEFORE );
		$row->delete( true );
		if ( '' !== $before && 'refunded' === $order->get_status() ) {
			$order->set_status( $before );
			$order->save();
		}
	}

	/**
	 * @param \WC_Order_Refund[]   $rows
	 * @param array<string, mixed> $operation
	 * @return array{0: string, 1: string}|null
	 */
	private function add( \WC_Order $order, array $rows, array $operation ): ?array {
		$this->fields = array(
			Order_Record::OPERATION     => $operation['key'],
			Order_Record::STATUS_BEFORE => $order->get_status(),
			Order_Record::ENTERED       => 'no',
		);
		try {
			$row = wc_create_refund(
				array(
					'order_id' => $order->get_id(),
					'amount'   => Money::to_decimal( $operation['amount'] ),
					'reason'   => __( 'Refunded at PostFinance Checkout', 'checkout-plugins-for-postfinance' ),
				)
			);
		} finally {
			$this->fields = array();
		}
		if ( $row instanceof \WC_Order_Refund ) {
			$this->finish( $row );
			return null;
		}
		return $this->adopt( $rows, $operation ) ? null : array( 'cannotShow', 'A refund of ' . Money::to_text( $operation['amount'] ) . ' cannot be entered: ' . $row->get_error_message() );
	}

	/**
	 * The order has nothing left to refund, because a person entered this very refund by hand.
	 *
	 * @param \WC_Order_Refund[]   $rows
	 * @param array<string, mixed> $operation
	 */
	private function adopt( array $rows, array $operation ): bool {
		foreach ( $rows as $row ) {
			$amount = Money::to_minor( $row->get_amount(), $operation['amount']['currency'] );
			if ( '' === (string) $row->get_meta( Order_Record::OPERATION ) && $operation['amount']['minor'] === $amount ) {
				$row->update_meta_data( Order_Record::OPERATION, $operation['key'] );
				$row->save_meta_data();
				return true;
			}
		}
		return false;
	}

	private function finish( \WC_Order_Refund $row ): void {
		$row->update_meta_data( Order_Record::ENTERED, 'yes' );
		$row->save_meta_data();
	}

	/** WooCommerce was killed after it had saved the row: what it does next is left to do. */
	private function finish_after_kill( \WC_Order $order, \WC_Order_Refund $row ): void {
		if ( Money::to_ticks( $order->get_remaining_refund_amount() ) <= 0 && 'refunded' !== $order->get_status() ) {
			$status = apply_filters( 'woocommerce_order_fully_refunded_status', 'refunded', $order->get_id(), $row->get_id() ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WooCommerce's own filter.
			if ( $status ) {
				$order->set_status( $status );
				$order->save();
			}
		}
		$this->finish( $row );
	}
}
