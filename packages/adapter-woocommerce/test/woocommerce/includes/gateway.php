<?php
/** Means of payment. */

abstract class WC_Settings_API {
	public $plugin_id   = 'woocommerce_';
	public $id          = '';
	public $errors      = array();
	public $settings    = array();
	public $form_fields = array();

	public function get_form_fields() {
		return $this->form_fields;
	}
	public function get_option_key() {
		return $this->plugin_id . $this->id . '_settings';
	}
	public function init_settings() {
		$this->settings = (array) get_option( $this->get_option_key(), array() );
		foreach ( $this->get_form_fields() as $name => $field ) {
			$this->settings[ $name ] = $this->settings[ $name ] ?? $field['default'];
		}
	}
	public function admin_options() {
		echo '<h2>' . esc_html( $this->method_title ) . '</h2>';
	}
	public function add_error( $error ) {
		$this->errors[] = $error;
	}
	/** As WooCommerce: a field's own method decides, else the text is taken; a checkbox is yes or no. */
	public function process_admin_options() {
		$this->init_settings();
		foreach ( $this->get_form_fields() as $name => $field ) {
			$value  = wp_unslash( $_POST[ "{$this->plugin_id}{$this->id}_$name" ] ?? null );
			$method = "validate_{$name}_field";
			if ( is_callable( array( $this, $method ) ) ) {
				$this->settings[ $name ] = $this->$method( $name, $value );
			} else {
				$this->settings[ $name ] = 'checkbox' === $field['type'] ? ( null === $value ? 'no' : 'yes' ) : (string) $value;
			}
		}
		return update_option( $this->get_option_key(), $this->settings );
	}
}

abstract class WC_Payment_Gateway extends WC_Settings_API {
	public $enabled            = 'yes';
	public $title              = '';
	public $description        = '';
	public $method_title       = '';
	public $method_description = '';
	public $has_fields         = false;
	public $supports           = array( 'products' );

	public function get_title() {
		return $this->title;
	}
	public function get_description() {
		return $this->description;
	}
	public function get_icon() {
		return '';
	}
	public function get_method_title() {
		return $this->method_title;
	}
	public function get_tokens() {
		return array();
	}
	public function tokenization_script() {}
	public function saved_payment_methods() {
		foreach ( $this->get_tokens() as $token ) {
			echo '<input type="radio" name="wc-' . esc_attr( $this->id ) . '-payment-token" value="' . esc_attr( $token->get_id() ) . '">' . esc_html( $token->get_display_name() );
		}
	}
	public function needs_setup() {
		return false;
	}
	public function supports( $feature ) {
		return in_array( $feature, $this->supports, true );
	}
	public function is_available() {
		return 'yes' === $this->enabled;
	}
	public function can_refund_order( $order ) {
		return $order && $this->supports( 'refunds' );
	}
}

class WC_Payment_Gateways {
	private $gateways = null;
	public static function instance() {
		static $instance = null;
		$instance        = $instance ?? new self();
		return $instance;
	}
	public function payment_gateways() {
		if ( null === $this->gateways ) {
			foreach ( apply_filters( 'woocommerce_payment_gateways', array() ) as $gateway ) {
				$gateway                        = is_string( $gateway ) ? new $gateway() : $gateway;
				$this->gateways[ $gateway->id ] = $gateway;
			}
		}
		return $this->gateways;
	}
}
