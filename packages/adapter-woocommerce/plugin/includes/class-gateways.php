<?php
/**
 * Our entries among WooCommerce's means of payment.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Made when WooCommerce asks for them, because their texts need the buyer's language.
 */
class Gateways {

	/** @var Setup */
	private $setup;

	/** @var Payment_Start */
	private $start;

	/** @var Method_List */
	private $methods;

	/** @var Refund_Request */
	private $refunds;

	/** @var array<int, Payment_Gateway|Method_Gateway> */
	private $made = array();

	public function __construct( Setup $setup, Payment_Start $start, Method_List $methods, Refund_Request $refunds ) {
		$this->setup   = $setup;
		$this->start   = $start;
		$this->methods = $methods;
		$this->refunds = $refunds;
	}

	public function register(): void {
		add_filter( 'woocommerce_payment_gateways', array( $this, 'add' ) );
		add_action( 'woocommerce_blocks_payment_method_type_registration', array( $this, 'add_to_block' ) );
	}

	/**
	 * @param array<int, mixed> $gateways
	 * @return array<int, mixed>
	 */
	public function add( $gateways ): array {
		return array_merge( (array) $gateways, $this->all() );
	}

	/**
	 * @param \Automattic\WooCommerce\Blocks\Payments\PaymentMethodRegistry $registry
	 */
	public function add_to_block( $registry ): void {
		$names = wp_list_pluck( $this->all(), 'id' );
		foreach ( $this->all() as $gateway ) {
			$registry->register( new Blocks_Method( $gateway, $names ) );
		}
	}

	/**
	 * @return array<int, Payment_Gateway|Method_Gateway>
	 */
	private function all(): array {
		if ( array() === $this->made ) {
			$whole      = new Payment_Gateway( $this->setup, $this->start, $this->methods, $this->refunds );
			$this->made = array( $whole );
			foreach ( Settings::offers_each() ? $this->methods->all() : array() as $method ) {
				$this->made[] = new Method_Gateway( $whole, $this->start, $method );
			}
		}
		return $this->made;
	}
}
