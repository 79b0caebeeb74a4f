<?php
/**
 * What the gateway posts to our door.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Read leniently: fields that came later are passed over. A state that we do not know is refused by name, never guessed.
 */
final class Payment_Message {

	const STANDINGS = array( 'open', 'authorized', 'paid', 'failed', 'voided', 'declined', 'held' );

	const OPERATION_STATES = array( 'pending', 'successful', 'failed' );

	/**
	 * @param mixed $message The parsed body.
	 * @return array<string, mixed> The payment.
	 * @throws \InvalidArgumentException That names the field and what is wrong with it.
	 */
	public static function parse( $message ): array {
		self::check( is_array( $message ) && 'showPayment' === ( $message['kind'] ?? null ), 'kind', 'must be "showPayment"' );
		return self::parse_payment( $message['payment'] ?? null );
	}

	/**
	 * @param mixed $payment
	 * @return array<string, mixed>
	 * @throws \InvalidArgumentException That names the field and what is wrong with it.
	 */
	public static function parse_payment( $payment ): array {
		self::check( is_array( $payment ), 'payment', 'is missing' );
		self::check( is_string( $payment['reference'] ?? null ) && '' !== $payment['reference'], 'payment.reference', 'must be a text' );
		self::check( is_int( $payment['revision'] ?? null ) && $payment['revision'] >= 0, 'payment.revision', 'must be a whole number' );
		self::check_word( $payment['standing'] ?? null, self::STANDINGS, 'payment.standing' );
		self::check( is_bool( $payment['mayShip'] ?? null ), 'payment.mayShip', 'must be true or false' );
		self::check( is_bool( $payment['abandoned'] ?? null ), 'payment.abandoned', 'must be true or false' );
		self::check( is_bool( $payment['slow'] ?? null ), 'payment.slow', 'must be true or false' );
		self::check_word( $payment['environment'] ?? null, array( 'live', 'test' ), 'payment.environment' );
		foreach ( array( 'amount', 'authorized', 'completed', 'refunded' ) as $field ) {
			self::check_money( $payment[ $field ] ?? null, "payment.$field" );
		}
		$governing = $payment['governing'] ?? null;
		self::check( null === $governing || ( is_array( $governing ) && is_string( $governing['id'] ?? null ) ), 'payment.governing', 'must be an attempt or null' );
		foreach ( self::check_list( $payment['operations'] ?? null, 'payment.operations' ) as $at => $operation ) {
			self::check_operation( $operation, "payment.operations[$at]" );
		}
		foreach ( self::check_list( $payment['findings'] ?? null, 'payment.findings' ) as $at => $finding ) {
			$is_whole = is_array( $finding ) && is_string( $finding['key'] ?? null ) && is_string( $finding['kind'] ?? null ) && is_string( $finding['detail'] ?? null );
			self::check( $is_whole, "payment.findings[$at]", 'must have key, kind and detail' );
		}
		return $payment;
	}

	/**
	 * @param mixed $operation
	 */
	private static function check_operation( $operation, string $where ): void {
		self::check( is_array( $operation ), $where, 'must be an operation' );
		self::check( is_string( $operation['key'] ?? null ) && '' !== $operation['key'], "$where.key", 'must be a text' );
		self::check_word( $operation['kind'] ?? null, array( 'completion', 'void', 'refund', 'review' ), "$where.kind" );
		self::check_word( $operation['state'] ?? null, self::OPERATION_STATES, "$where.state" );
		self::check( is_string( $operation['attempt'] ?? null ), "$where.attempt", 'must be a text' );
		self::check_list( $operation['shopKeys'] ?? null, "$where.shopKeys" );
		if ( null !== ( $operation['amount'] ?? null ) ) {
			self::check_money( $operation['amount'], "$where.amount" );
		}
	}

	/**
	 * @param mixed $money
	 */
	private static function check_money( $money, string $where ): void {
		$is_money = is_array( $money ) && is_int( $money['minor'] ?? null ) && is_string( $money['currency'] ?? null ) && preg_match( '/^[A-Z]{3}$/D', $money['currency'] );
		self::check( (bool) $is_money, $where, 'must be an amount such as {"minor":2995,"currency":"CHF"}' );
	}

	/**
	 * @param mixed $list
	 * @return array<int, mixed>
	 */
	private static function check_list( $list, string $where ): array {
		self::check( is_array( $list ), $where, 'must be a list' );
		return $list;
	}

	/**
	 * @param mixed    $word
	 * @param string[] $known
	 */
	private static function check_word( $word, array $known, string $where ): void {
		$shown = is_string( $word ) ? " is \"$word\", which this version of the plugin does not know; it" : '';
		self::check( in_array( $word, $known, true ), $where, ltrim( "$shown must be one of " . implode( ', ', $known ) ) );
	}

	private static function check( bool $is_kept, string $where, string $rule ): void {
		if ( ! $is_kept ) {
			throw new \InvalidArgumentException( "$where: $rule." );
		}
	}
}
