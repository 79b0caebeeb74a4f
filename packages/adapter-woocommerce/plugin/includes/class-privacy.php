<?php
/**
 * Personal data.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * What we keep belongs to orders, so it is exported and erased with them, by WooCommerce's own tools.
 */
class Privacy {

	public function register(): void {
		add_filter( 'woocommerce_privacy_export_order_personal_data', array( $this, 'export' ), 10, 2 );
		add_action( 'woocommerce_privacy_remove_order_personal_data', array( $this, 'erase' ) );
		add_action( 'admin_init', array( $this, 'suggest' ) );
	}

	/**
	 * @param array<int, array<string, string>> $data
	 * @param \WC_Order                         $order
	 * @return array<int, array<string, string>>
	 */
	public function export( $data, $order ) {
		$payment = Order_Record::payment( $order );
		if ( null !== $payment ) {
			$data[] = array(
				'name'  => __( 'Transaction at PostFinance Checkout', 'checkout-plugins-for-postfinance' ),
				'value' => trim( Order_Record::transaction( $payment ) . ' ' . (string) ( $payment['method']['name'] ?? '' ) ),
			);
		}
		return $data;
	}

	/**
	 * The transaction's number, amounts and states stay: they are no personal data, and book-keeping needs them. Reasons
	 * that a person typed go.
	 *
	 * @param \WC_Order $order
	 */
	public function erase( $order ): void {
		$payment = Order_Record::payment( $order );
		if ( null === $payment ) {
			return;
		}
		foreach ( array( 'method', 'failure' ) as $field ) {
			$payment[ $field ] = null;
		}
		$order->update_meta_data( Order_Record::PAYMENT, (string) wp_json_encode( $payment ) );
		$order->save_meta_data();
	}

	public function suggest(): void {
		if ( function_exists( 'wp_add_privacy_policy_content' ) ) {
			$text = __( 'When you pay with PostFinance Checkout we send your order, its addresses and your e-mail address to our payment gateway and from there to PostFinance Ltd, which takes the payment. With your order we keep the number of the transaction, the means of payment and the amounts.', 'checkout-plugins-for-postfinance' );
			wp_add_privacy_policy_content( __( 'PostFinance Checkout', 'checkout-plugins-for-postfinance' ), wp_kses_post( wpautop( $text ) ) );
		}
	}
}
