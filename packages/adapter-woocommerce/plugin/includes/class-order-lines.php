<?php
/**
 * The lines of an order.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Products, shipping and fees with their taxes, as WooCommerce charges them: after coupons, which WooCommerce spreads
 * over the lines itself, with tax. What WooCommerce loses by rounding late is at most half a unit per line and tax; the
 * gateway makes a line of it, and refuses more.
 */
final class Order_Lines {

	/** Swiss cash rounding moves a total by at most so many Rappen. */
	const CASH_ROUNDING = 2;

	/**
	 * @return array<int, array<string, mixed>>
	 */
	public static function of( \WC_Order $order ): array {
		$currency = $order->get_currency();
		$titles   = self::tax_titles( $order );
		$lines    = array();
		foreach ( $order->get_items( array( 'line_item', 'shipping', 'fee' ) ) as $item ) {
			$lines[] = self::to_line( $item, $currency, $titles );
		}
		/**
		 * Filters what is charged, for plugins that lower or raise an order's total by something that is neither a
		 * product, shipping, a fee nor a coupon, such as a gift card. Amounts are minor units with tax.
		 *
		 * @param array<int, array<string, mixed>> $lines
		 * @param \WC_Order                        $order
		 */
		$lines    = (array) apply_filters( 'checkout_plugins_postfinance_lines', $lines, $order );
		$rounding = self::cash_rounding( $lines, Money::to_minor( $order->get_total(), $currency ), $currency );
		return null === $rounding ? $lines : array_merge( $lines, array( $rounding ) );
	}

	/** The id under which a line is known in completions and refunds. */
	public static function to_id( int $item_id ): string {
		return "item-$item_id";
	}

	/**
	 * @param \WC_Order_Item_Product|\WC_Order_Item_Shipping|\WC_Order_Item_Fee $item
	 * @param array<int, array{title: string, rate: string}>                     $titles
	 * @return array<string, mixed>
	 */
	private static function to_line( \WC_Order_Item $item, string $currency, array $titles ): array {
		$ticks   = Money::to_ticks( $item->get_total() ) + Money::to_ticks( $item->get_total_tax() );
		$minor   = Money::ticks_to_minor( $ticks, $currency );
		$product = $item instanceof \WC_Order_Item_Product ? $item->get_product() : null;
		$sku     = $product instanceof \WC_Product ? Text::cut( (string) $product->get_sku(), 200 ) : '';
		$name    = Text::cut( wp_strip_all_tags( (string) $item->get_name() ), 500 );
		return array(
			'id'               => self::to_id( $item->get_id() ),
			'type'             => self::to_type( $item, $minor ),
			'name'             => '' === $name ? self::to_id( $item->get_id() ) : $name,
			'sku'              => '' === $sku ? null : $sku,
			'quantity'         => self::to_quantity( $item ),
			'total'            => Money::of( $minor, $currency ),
			'taxes'            => self::to_taxes( $item, $titles ),
			'shippingRequired' => $product instanceof \WC_Product && $product->needs_shipping(),
		);
	}

	private static function to_type( \WC_Order_Item $item, int $minor ): string {
		if ( 'line_item' === $item->get_type() ) {
			return 'product';
		}
		if ( 'shipping' === $item->get_type() ) {
			return 'shipping';
		}
		return $minor < 0 ? 'discount' : 'fee';
	}

	private static function to_quantity( \WC_Order_Item $item ): string {
		$quantity = (float) $item->get_quantity();
		return $quantity > 0 ? Text::decimal( $quantity ) : '1';
	}

	/**
	 * Each rate of this line. One that the line is not taxed by has an empty amount; one of 0 % has the amount 0.
	 *
	 * @param \WC_Order_Item_Product|\WC_Order_Item_Shipping|\WC_Order_Item_Fee $item
	 * @param array<int, array{title: string, rate: string}>                     $titles
	 * @return array<int, array{title: string, rate: string}>
	 */
	private static function to_taxes( \WC_Order_Item $item, array $titles ): array {
		$taxes = array();
		foreach ( (array) ( $item->get_taxes()['total'] ?? array() ) as $rate_id => $amount ) {
			if ( is_numeric( $amount ) && isset( $titles[ $rate_id ] ) ) {
				$taxes[] = $titles[ $rate_id ];
			}
		}
		return $taxes;
	}

	/**
	 * The order's rates as they were when it was made.
	 *
	 * @return array<int, array{title: string, rate: string}>
	 */
	private static function tax_titles( \WC_Order $order ): array {
		$titles = array();
		foreach ( $order->get_items( 'tax' ) as $tax ) {
			$percent = $tax->get_rate_percent();
			$percent = null === $percent ? \WC_Tax::get_rate_percent_value( $tax->get_rate_id() ) : $percent;
			$title   = Text::cut( wp_strip_all_tags( (string) $tax->get_label() ), 40 );

			$titles[ (int) $tax->get_rate_id() ] = array(
				'title' => '' === $title ? __( 'Tax', 'checkout-plugins-for-postfinance' ) : $title,
				'rate'  => Text::decimal( (float) $percent ),
			);
		}
		return $titles;
	}

	/**
	 * Where a plugin rounds the total to 0.05 francs it leaves no line behind: the total's last digit shows it.
	 *
	 * @param array<int, array<string, mixed>> $lines
	 * @return array<string, mixed>|null
	 */
	private static function cash_rounding( array $lines, int $total, string $currency ): ?array {
		$difference = $total;
		foreach ( $lines as $line ) {
			$difference -= $line['total']['minor'];
		}
		if ( 'CHF' !== $currency || 0 !== $total % 5 || 0 === $difference || abs( $difference ) > self::CASH_ROUNDING ) {
			return null;
		}
		return array(
			'id'               => 'cash-rounding',
			'type'             => 'rounding',
			'name'             => __( 'Rounding', 'checkout-plugins-for-postfinance' ),
			'sku'              => null,
			'quantity'         => '1',
			'total'            => Money::of( $difference, $currency ),
			'taxes'            => array(),
			'shippingRequired' => false,
		);
	}
}
