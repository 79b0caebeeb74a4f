<?php
/**
 * The payment method in the checkout block.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

use Automattic\WooCommerce\Blocks\Payments\Integrations\AbstractPaymentMethodType;

/**
 * Tells the block our name, text and script; paying itself is the same as in the classic checkout.
 */
final class Blocks_Method extends AbstractPaymentMethodType {

	const SCRIPT = 'checkout-plugins-postfinance-blocks';

	/** @var string */
	protected $name = Settings::ID;

	/** @var Payment_Gateway */
	private $gateway;

	public function __construct( Payment_Gateway $gateway ) {
		$this->gateway = $gateway;
	}

	public function initialize() {
	}

	public function is_active() {
		return $this->gateway->is_available();
	}

	/**
	 * @return string[]
	 */
	public function get_payment_method_script_handles() {
		wp_register_script(
			self::SCRIPT,
			plugins_url( 'assets/blocks.js', PLUGIN_FILE ),
			array( 'wc-blocks-registry', 'wc-settings', 'wp-element', 'wp-html-entities' ),
			VERSION,
			true
		);
		return array( self::SCRIPT );
	}

	/**
	 * @return array<string, mixed>
	 */
	public function get_payment_method_data() {
		return array(
			'title'       => $this->gateway->get_title(),
			'description' => $this->gateway->get_description(),
			'supports'    => $this->gateway->supports,
		);
	}
}
