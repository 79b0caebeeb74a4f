<?php
/**
 * Orders in the gateway's words.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Makes the commands about an order. Nothing here decides anything.
 */
final class Order_Command {

	/**
	 * The buyer wants to pay. Repeated for the same order it leads to the same payment while that is open.
	 *
	 * @return array<string, mixed>
	 */
	public static function start( \WC_Order $order, string $integration ): array {
		$way = Order_Record::way( $order );
		return array(
			'kind'        => 'start',
			'reference'   => Order_Record::to_reference( $order->get_id() ),
			'order'       => self::to_order( $order ),
			'completion'  => Settings::get( 'completion' ),
			'test'        => Settings::is_test(),
			'integration' => $integration,
			'method'      => $way['method'],
			'store'       => $way['stores'],
			'returnUrl'   => Return_Page::url( $order, false ),
			'cancelUrl'   => Return_Page::url( $order, true ),
		);
	}

	/**
	 * Money from kept means, without the buyer's own hand.
	 *
	 * @return array<string, mixed>
	 */
	public static function charge( \WC_Order $order, string $means, string $key ): array {
		return array(
			'kind'       => 'charge',
			'reference'  => Order_Record::to_reference( $order->get_id() ),
			'order'      => self::to_order( $order ),
			'completion' => Settings::get( 'completion' ),
			'test'       => Settings::is_test(),
			'means'      => $means,
			'shopKey'    => $key,
		);
	}

	/**
	 * Another plugin's payment of this order shall be ours.
	 *
	 * @return array<string, mixed>
	 */
	public static function adopt( \WC_Order $order, string $transaction ): array {
		return array(
			'kind'        => 'adopt',
			'reference'   => Order_Record::to_reference( $order->get_id() ),
			'order'       => self::to_order( $order ),
			'transaction' => $transaction,
			'knownAs'     => array_values( array_unique( array( (string) $order->get_id(), Text::cut( (string) $order->get_order_number(), 100 ) ) ) ),
			'test'        => Settings::is_test(),
		);
	}

	/**
	 * The buyer is back, or somebody wants to know: look once.
	 *
	 * @return array<string, mixed>
	 */
	public static function look( int $order_id ): array {
		return array(
			'kind'      => 'return',
			'reference' => Order_Record::to_reference( $order_id ),
		);
	}

	/**
	 * Take the reserved money: all of it, or what the order still costs if it costs less by now.
	 *
	 * @return array<string, mixed>
	 */
	public static function complete( \WC_Order $order, string $key ): array {
		$payment  = Order_Record::payment( $order );
		$currency = $order->get_currency();
		$total    = Money::to_minor( $order->get_total(), $currency );
		$reserved = $payment['authorized'] ?? null;
		$is_less  = is_array( $reserved ) && $reserved['currency'] === $currency && $total < $reserved['minor'];
		return array(
			'kind'      => 'complete',
			'reference' => Order_Record::to_reference( $order->get_id() ),
			'shopKey'   => $key,
			'heldKeys'  => array( $key ),
			'amount'    => $is_less ? Money::of( $total, $currency ) : 'rest',
			'lines'     => null,
			'last'      => true,
		);
	}

	/**
	 * Give the reservation back; before there is one: nothing more shall come of it.
	 *
	 * @param bool $gives_back What was paid meanwhile is paid back. A person who cancels an order means that; a clock
	 *                         does not, and a buyer who was just in time keeps his order.
	 * @return array<string, mixed>
	 */
	public static function cancel( \WC_Order $order, bool $gives_back ): array {
		return array(
			'kind'          => 'void',
			'reference'     => Order_Record::to_reference( $order->get_id() ),
			'shopKey'       => null,
			'heldKeys'      => array(),
			'whenCompleted' => $gives_back ? 'refund' : 'refuse',
		);
	}

	/**
	 * May it be shipped?
	 *
	 * @return array<string, mixed>
	 */
	public static function review( \WC_Order $order, bool $is_suitable ): array {
		$decision = $is_suitable ? 'suitable' : 'notSuitable';
		return array(
			'kind'      => 'review',
			'reference' => Order_Record::to_reference( $order->get_id() ),
			'shopKey'   => "review-{$order->get_id()}-$decision",
			'decision'  => $decision,
		);
	}

	/**
	 * @param string $name As Documents names it.
	 * @return array<string, mixed>
	 */
	public static function document( \WC_Order $order, string $name ): array {
		return array(
			'kind'      => 'document',
			'reference' => Order_Record::to_reference( $order->get_id() ),
			'document'  => 0 === strpos( $name, 'refund:' ) ? array( 'refund' => substr( $name, 7 ) ) : $name,
		);
	}

	/**
	 * @param string[] $held_keys Of all refunds that the order has.
	 * @return array<string, mixed>
	 */
	public static function refund( \WC_Order $order, \WC_Order_Refund $refund, array $held_keys, ?string $reason ): array {
		$currency = $order->get_currency();
		$minor    = Money::to_minor( $refund->get_amount(), $currency );
		$reason   = Text::cut( (string) $reason, 1000 );
		return array(
			'kind'      => 'refund',
			'reference' => Order_Record::to_reference( $order->get_id() ),
			'shopKey'   => Refund_Rows::to_key( $refund->get_id() ),
			'heldKeys'  => $held_keys,
			'amount'    => Money::of( $minor, $currency ),
			'lines'     => Order_Record::is_adopted( $order ) ? null : self::to_refund_lines( $refund, $minor, $currency ), // Another plugin's lines have other names.
			'reason'    => '' === $reason ? null : $reason,
			'offline'   => false,
		);
	}

	/**
	 * By line where the lines make up the amount; else null, which is the same money.
	 *
	 * @return array<int, array<string, mixed>>|null
	 */
	private static function to_refund_lines( \WC_Order_Refund $refund, int $minor, string $currency ): ?array {
		$lines = array();
		$left  = $minor;
		foreach ( $refund->get_items( array( 'line_item', 'shipping', 'fee' ) ) as $item ) {
			$amount   = -Money::ticks_to_minor( Money::to_ticks( $item->get_total() ) + Money::to_ticks( $item->get_total_tax() ), $currency );
			$original = (int) $item->get_meta( '_refunded_item_id' );
			if ( 0 === $amount ) {
				continue;
			}
			if ( $amount < 0 || 0 === $original ) {
				return null;
			}
			$left   -= $amount;
			$lines[] = array(
				'id'       => Order_Lines::to_id( $original ),
				'quantity' => Text::decimal( abs( (float) $item->get_quantity() ) ),
				'amount'   => Money::of( $amount, $currency ),
			);
		}
		return 0 === $left && array() !== $lines ? $lines : null;
	}

	/**
	 * @return array<string, mixed>
	 */
	private static function to_order( \WC_Order $order ): array {
		$currency = $order->get_currency();
		$number   = Text::cut( (string) $order->get_order_number(), 100 );
		$email    = Text::cut( (string) $order->get_billing_email(), 254 );
		return array(
			'group'             => null,
			'merchantReference' => '' === $number ? null : $number,
			'total'             => Money::of( Money::to_minor( $order->get_total(), $currency ), $currency ),
			'lines'             => Order_Lines::of( $order ),
			'customer'          => array(
				'id'    => $order->get_customer_id() ? Customer_Id::of( $order->get_customer_id() ) : null,
				'email' => '' === $email ? null : $email,
			),
			'billing'           => Order_Address::of( $order, 'billing' ),
			'shipping'          => Order_Address::of( $order, 'shipping' ),
			'language'          => Text::language( determine_locale() ),
		);
	}
}
