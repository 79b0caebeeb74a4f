<?php
/**
 * From the former plugin to ours.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Takes over settings, open orders, kept cards and subscriptions. Each step is done once however often it is asked for,
 * both plugins may be active meanwhile, and nothing of the former one is changed but who follows its open orders and
 * subscriptions.
 */
class Migration {

	/** Of a customer: his kept means were listed. */
	const LISTED = '_checkout_plugins_listed';

	/** @var Former_Plugin */
	private $former;

	/** @var Former_Settings */
	private $settings;

	/** @var Order_Adoption */
	private $adoption;

	/** @var Saved_Means */
	private $means;

	public function __construct( Former_Plugin $former, Former_Settings $settings, Order_Adoption $adoption, Saved_Means $means ) {
		$this->former   = $former;
		$this->settings = $settings;
		$this->adoption = $adoption;
		$this->means    = $means;
	}

	public function is_possible(): bool {
		return $this->former->is_here();
	}

	/**
	 * What would be taken over, without asking the gateway or changing anything.
	 *
	 * @return string[]
	 */
	public function plan(): array {
		if ( ! $this->is_possible() ) {
			return array( __( 'There is nothing of the plugin "PostFinance Checkout" in this shop.', 'checkout-plugins-for-postfinance' ) );
		}
		$changes = array();
		foreach ( $this->settings->changes() as $name => $value ) {
			$changes[] = "$name = $value";
		}
		return array(
			/* translators: %s: number of the space. */
			sprintf( __( 'It used the space %s. The gateway must use the same one.', 'checkout-plugins-for-postfinance' ), $this->former->space() ),
			/* translators: %s: list of settings. */
			sprintf( __( 'Settings to take over: %s', 'checkout-plugins-for-postfinance' ), array() === $changes ? '–' : implode( ', ', $changes ) ),
			/* translators: %s: number. */
			sprintf( __( 'Open orders to take over: %s', 'checkout-plugins-for-postfinance' ), (string) count( $this->orders() ) ),
			/* translators: %s: number. */
			sprintf( __( 'Customers with kept cards to take over: %s', 'checkout-plugins-for-postfinance' ), (string) count( $this->customers() ) ),
			/* translators: %s: number. */
			sprintf( __( 'Subscriptions to take over: %s', 'checkout-plugins-for-postfinance' ), (string) count( $this->former->subscriptions() ) ),
		);
	}

	/**
	 * @param int $seconds After so long no further one is begun.
	 * @return array{text: string, problems: string[], left: int}
	 */
	public function run( int $seconds ): array {
		$end = microtime( true ) + $seconds;
		if ( $this->is_possible() ) {
			$this->settings->adopt();
		}
		$problems = array();
		$done     = array( 0, 0, 0 );
		$steps    = array(
			array( $this->orders(), array( $this, 'adopt_order' ) ),
			array( $this->customers(), array( $this, 'adopt_customer' ) ),
			array( $this->former->subscriptions(), array( $this, 'adopt_subscription' ) ),
		);
		foreach ( $steps as $at => list( $all, $adopt ) ) {
			foreach ( $all as $one ) {
				$problem = microtime( true ) < $end ? $adopt( $one ) : '';
				if ( null === $problem ) {
					++$done[ $at ];
				} elseif ( '' !== $problem ) {
					$problems[] = $problem;
				}
			}
		}
		$left = count( $this->orders() ) + count( $this->customers() ) + count( $this->former->subscriptions() );
		/* translators: 1: number of orders, 2: number of customers, 3: number of subscriptions, 4: number of what is left. */
		$text = sprintf( __( 'Taken over: %1$s orders, the cards of %2$s customers, %3$s subscriptions. Left: %4$s.', 'checkout-plugins-for-postfinance' ), (string) $done[0], (string) $done[1], (string) $done[2], (string) $left );
		return compact( 'text', 'problems', 'left' );
	}

	/** @return string|null Why not; null when it was done. */
	private function adopt_order( int $id ): ?string {
		try {
			$answer = $this->adoption->adopt( $id );
		} catch ( Busy_Exception $e ) {
			$answer = array( 'kind' => 'failed', 'message' => $e->getMessage() ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
		}
		/* translators: 1: number of the order, 2: reason. */
		return 'successful' === $answer['kind'] ? null : sprintf( __( 'Order %1$s: %2$s', 'checkout-plugins-for-postfinance' ), (string) $id, $answer['message'] );
	}

	/** @return string|null Why not; null when it was done. */
	private function adopt_customer( int $id ): ?string {
		if ( ! $this->means->sync( $id ) ) {
			/* translators: %s: number of the customer. */
			return sprintf( __( 'Customer %s: the gateway did not list his cards.', 'checkout-plugins-for-postfinance' ), (string) $id );
		}
		update_user_meta( $id, self::LISTED, 'yes' );
		return null;
	}

	/** Only means that the service really keeps of this customer: else its renewals stay where they were. @return string|null Why not; null when it was done. */
	private function adopt_subscription( \WC_Order $subscription ): ?string {
		$means    = (string) $subscription->get_meta( Former_Plugin::MEANS );
		$customer = $subscription->get_customer_id();
		if ( null === Saved_Means::find( $customer, $means ) && ( ! $this->means->sync( $customer ) || null === Saved_Means::find( $customer, $means ) ) ) {
			/* translators: 1: number of the subscription, 2: number of the token. */
			return sprintf( __( 'Subscription %1$s: the gateway does not know its means of payment %2$s.', 'checkout-plugins-for-postfinance' ), (string) $subscription->get_id(), $means );
		}
		$subscription->update_meta_data( Subscriptions::MEANS, $means );
		$subscription->set_payment_method( Settings::ID );
		$subscription->save();
		return null;
	}

	/**
	 * @return int[]
	 */
	private function orders(): array {
		return array_values(
			array_filter(
				$this->former->open_orders(),
				function ( int $id ): bool {
					$order = wc_get_order( $id );
					return $order instanceof \WC_Order && $this->adoption->is_due( $order );
				}
			)
		);
	}

	/**
	 * @return int[]
	 */
	private function customers(): array {
		return array_values(
			array_filter(
				$this->former->customers(),
				static function ( int $id ): bool {
					return '' === (string) get_user_meta( $id, self::LISTED, true );
				}
			)
		);
	}
}
