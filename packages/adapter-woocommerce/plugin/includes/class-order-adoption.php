<?php
/**
 * Orders whose payment another plugin began.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Makes the former plugin's payment of an order ours. Until the gateway has said that it has the transaction, the former
 * plugin goes on with the order as before; from then on it leaves it alone, because the order's method is no longer its own.
 */
class Order_Adoption {

	/** @var Former_Plugin */
	private $former;

	/** @var Outbox */
	private $outbox;

	/** @var Order_Lock */
	private $lock;

	public function __construct( Former_Plugin $former, Outbox $outbox, Order_Lock $lock ) {
		$this->former = $former;
		$this->outbox = $outbox;
		$this->lock   = $lock;
	}

	public function register(): void {
		add_action( 'checkout_plugins_postfinance_answered', array( $this, 'on_answer' ), 10, 3 );
		add_action( 'woocommerce_api_postfinancecheckout_return', array( $this, 'on_return' ), 100 );
	}

	/** Is there a payment of the former plugin that could be adopted? */
	public function is_due( ?\WC_Order $order ): bool {
		if ( null === $order || ! Former_Plugin::is_its( (string) $order->get_payment_method() ) && '' === (string) $order->get_meta( Former_Plugin::GATEWAY ) ) {
			return false;
		}
		$is_open = ! Order_Record::is_ours( $order ) || ( Order_Record::is_adopted( $order ) && null === Order_Record::payment( $order ) );
		return $is_open && '' !== $this->former->transaction( $order->get_id() );
	}

	/**
	 * May be called again, and at the same time: the order is adopted once.
	 *
	 * @return array{kind: string, message: string, public: string} As the outbox answers.
	 */
	public function adopt( int $order_id ): array {
		$this->lock->hold(
			$order_id,
			function () use ( $order_id ): void {
				$order = Order_Record::fresh( $order_id );
				if ( $this->is_due( $order ) && ! Order_Record::is_adopted( $order ) ) {
					Order_Record::adopt( $order, $this->former->transaction( $order_id ) );
				}
			}
		);
		$order = Order_Record::fresh( $order_id );
		return $this->is_due( $order ) && Order_Record::is_adopted( $order )
			? $this->outbox->send( $order_id, Order_Command::adopt( $order, $this->former->transaction( $order_id ) ), true )
			: array( 'kind' => 'successful', 'message' => '', 'public' => '' ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
	}

	/**
	 * @param int                  $order_id
	 * @param array<string, mixed> $command
	 * @param array<string, mixed> $answer
	 */
	public function on_answer( $order_id, $command, $answer ): void {
		if ( 'adopt' !== $command['kind'] || 'pending' === $answer['kind'] ) {
			return;
		}
		$this->lock->hold(
			(int) $order_id,
			static function () use ( $order_id, $answer ): void {
				$order = Order_Record::fresh( (int) $order_id );
				if ( null === $order || ! Order_Record::is_adopted( $order ) ) {
					return;
				}
				if ( 'failed' === $answer['kind'] ) {
					Order_Record::give_back( $order );
				} elseif ( ! Settings::is_ours( $order->get_payment_method() ) ) {
					$order->set_payment_method( Settings::ID );
					$order->add_order_note( __( 'This payment was begun by another plugin. From now on it is followed by Checkout Plugins.', 'checkout-plugins-for-postfinance' ) );
					$order->save();
				}
			}
		);
	}

	/** Its buyers come back to its own address, also when it is switched off. When it is active, it has led them on before. */
	public function on_return(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- a return from another site: the order's key is checked by whom this leads to.
		$order = wc_get_order( isset( $_GET['order_id'] ) ? absint( wp_unslash( $_GET['order_id'] ) ) : 0 );
		$key   = isset( $_GET['order_key'] ) ? sanitize_text_field( wp_unslash( $_GET['order_key'] ) ) : '';
		// phpcs:enable
		if ( $order instanceof \WC_Order && hash_equals( $order->get_order_key(), $key ) ) {
			if ( $this->is_due( $order ) ) {
				$this->adopt( $order->get_id() );
			}
			wp_safe_redirect( Order_Record::is_ours( Order_Record::fresh( $order->get_id() ) ?? $order ) ? Return_Page::url( $order, false ) : $order->get_checkout_order_received_url() );
			exit;
		}
	}
}
