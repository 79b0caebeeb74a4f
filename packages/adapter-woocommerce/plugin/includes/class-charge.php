<?php
/**
 * Money from kept means of payment.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Charges by a key that stays the same until the gateway has said no, so that a repeat never charges twice.
 */
class Charge {

	/** @var Outbox */
	private $outbox;

	public function __construct( Outbox $outbox ) {
		$this->outbox = $outbox;
	}

	public function register(): void {
		add_action( 'checkout_plugins_postfinance_answered', array( $this, 'on_answer' ), 10, 3 );
	}

	/**
	 * @param bool $is_kept_when_unreachable Whether it waits for a gateway that is down.
	 * @return array{kind: string, message: string, public: string}
	 */
	public function run( \WC_Order $order, string $means, bool $is_kept_when_unreachable ): array {
		return $this->outbox->send( $order->get_id(), Order_Command::charge( $order, $means, self::key( $order ) ), $is_kept_when_unreachable );
	}

	/**
	 * The gateway said no, perhaps long after it was asked: the next try is another one.
	 *
	 * @param int                  $order_id
	 * @param array<string, mixed> $command
	 * @param array<string, mixed> $answer
	 */
	public function on_answer( $order_id, $command, $answer ): void {
		$order = 'charge' === $command['kind'] && 'failed' === $answer['kind'] ? wc_get_order( $order_id ) : null;
		if ( ! $order instanceof \WC_Order || self::key( $order ) !== $command['shopKey'] ) {
			return;
		}
		$order->update_meta_data( Order_Record::CHARGES, (string) ( 1 + (int) $order->get_meta( Order_Record::CHARGES ) ) );
		/* translators: %s: reason. */
		$order->add_order_note( sprintf( __( 'The kept means of payment were not charged: %s', 'checkout-plugins-for-postfinance' ), $answer['message'] ) );
		if ( 'pending' === $order->get_status() ) {
			$order->update_meta_data( Order_Record::STATUS, 'failed' );
			$order->set_status( 'failed' );
		}
		$order->save();
	}

	private static function key( \WC_Order $order ): string {
		return 'charge-' . $order->get_id() . '-' . (int) $order->get_meta( Order_Record::CHARGES );
	}
}
