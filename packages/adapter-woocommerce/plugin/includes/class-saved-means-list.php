<?php
/**
 * How kept means of payment are shown and chosen.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * In both checkouts and in the customer's account, by WooCommerce's own lists.
 */
class Saved_Means_List {

	public function register(): void {
		add_filter( 'woocommerce_payment_methods_list_item', array( $this, 'filter_item' ), 10, 2 );
		add_filter( 'woocommerce_saved_payment_methods_list', array( $this, 'filter_list' ), 20 );
	}

	/**
	 * @param array<string, mixed>   $item
	 * @param \WC_Payment_Token|null $token
	 * @return array<string, mixed>
	 */
	public function filter_item( $item, $token = null ) {
		if ( ! $token instanceof Means_Token ) {
			return $item;
		}
		$digits = $token->last4();

		$item['method']['gateway'] = self::gateway_of( $token );
		$item['method']['brand']   = '' === $digits ? $token->get_label() : $token->brand();
		if ( '' !== $digits ) {
			$item['method']['last4'] = $digits;
		}
		if ( '' !== $token->expiry() ) {
			$item['expires'] = $token->expiry();
		}
		return $item;
	}

	/**
	 * WooCommerce's block writes brand and digits of what it calls "cc", and nothing of anything else.
	 *
	 * @param array<string, array<int, array<string, mixed>>> $list
	 * @return array<string, array<int, array<string, mixed>>>
	 */
	public function filter_list( $list ) {
		$ours = $list[ Means_Token::TYPE ] ?? array();
		if ( array() !== $ours ) {
			unset( $list[ Means_Token::TYPE ] );
			$list['cc'] = array_merge( $list['cc'] ?? array(), $ours );
		}
		return $list;
	}

	/** The classic checkout's choice; nothing for whoever keeps none. */
	public static function show( \WC_Payment_Gateway $gateway ): void {
		if ( Settings::keeps_means() && array() !== $gateway->get_tokens() ) {
			$gateway->tokenization_script();
			$gateway->saved_payment_methods();
		}
	}

	/**
	 * What this buyer can choose at this entry.
	 *
	 * @return Means_Token[] By its number in WooCommerce.
	 */
	public static function offered( \WC_Payment_Gateway $gateway ): array {
		$offered = array();
		foreach ( Settings::keeps_means() && is_user_logged_in() ? Saved_Means::of( get_current_user_id() ) : array() as $token ) {
			if ( $token->is_usable() && self::gateway_of( $token ) === $gateway->id ) {
				$offered[ $token->get_id() ] = $token;
			}
		}
		return $offered;
	}

	/** Whose he chose; null: another one. */
	public static function chosen( \WC_Payment_Gateway $gateway ): ?Means_Token {
		$field = "wc-{$gateway->id}-payment-token";
		$value = isset( $_POST[ $field ] ) ? absint( wp_unslash( $_POST[ $field ] ) ) : 0; // phpcs:ignore WordPress.Security.NonceVerification.Missing -- WooCommerce has checked the checkout's nonce.
		return self::offered( $gateway )[ $value ] ?? null;
	}

	private static function gateway_of( Means_Token $token ): string {
		$is_own = Settings::offers_each() && '' !== $token->get_method();
		return $is_own ? Settings::ID . '_' . $token->get_method() : Settings::ID;
	}
}
