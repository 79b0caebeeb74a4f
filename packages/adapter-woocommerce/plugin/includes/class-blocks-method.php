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
	protected $name;

	/** @var Payment_Gateway|Method_Gateway */
	private $gateway;

	/** @var string[] */
	private $names;

	/**
	 * @param Payment_Gateway|Method_Gateway $gateway
	 * @param string[]                       $names   Of all of ours.
	 */
	public function __construct( \WC_Payment_Gateway $gateway, array $names ) {
		$this->name    = $gateway->id;
		$this->gateway = $gateway;
		$this->names   = $names;
	}

	public function initialize() {
	}

	public function is_active() {
		return $this->gateway->is_available();
	}

	/**
	 * One script registers all of ours.
	 *
	 * @return string[]
	 */
	public function get_payment_method_script_handles() {
		if ( ! wp_script_is( self::SCRIPT, 'registered' ) ) {
			wp_register_script(
				self::SCRIPT,
				plugins_url( 'assets/blocks.js', PLUGIN_FILE ),
				array( 'wc-blocks-registry', 'wc-settings', 'wp-element', 'wp-html-entities' ),
				VERSION,
				true
			);
			wp_add_inline_script( self::SCRIPT, 'window.checkoutPluginsPostfinance = ' . wp_json_encode( $this->names ) . ';', 'before' );
		}
		return array( self::SCRIPT );
	}

	/**
	 * @return array<string, mixed>
	 */
	public function get_payment_method_data() {
		return array(
			'title'       => $this->gateway->get_title(),
			'description' => $this->gateway->get_description(),
			'picture'     => $this->gateway instanceof Method_Gateway ? $this->gateway->picture_url() : '',
			'supports'    => $this->gateway->supports,
			'keeps'       => Settings::keeps_means(),
		);
	}
}
