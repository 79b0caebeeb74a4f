<?php
/**
 * Cards that customers keep.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Makes a customer's WooCommerce tokens those that the service keeps of him, and deletes there what he deletes here.
 */
class Saved_Means {

	const SYNC = 'checkout_plugins_postfinance_sync_means';

	const FORGET = 'checkout_plugins_postfinance_forget_means';

	/** Of a customer: what he deleted and the service may still have. */
	const FORGOTTEN = '_checkout_plugins_forgotten';

	/** Seconds until deleting is tried again. */
	const AGAIN = 600;

	/** @var Gateway_Client */
	private $client;

	/** @var bool While the tokens are made those of the service, deleting one is not his wish. */
	private $is_syncing = false;

	public function __construct( Gateway_Client $client ) {
		$this->client = $client;
	}

	public function register(): void {
		add_filter( 'woocommerce_payment_token_class', array( $this, 'filter_class' ), 10, 2 );
		add_action( 'woocommerce_payment_token_deleted', array( $this, 'on_deleted' ), 10, 2 );
		add_action( 'woocommerce_account_payment-methods_endpoint', array( $this, 'sync_own' ), 1 );
		add_action( 'checkout_plugins_postfinance_shown', array( $this, 'on_shown' ), 10, 2 );
		add_action( self::SYNC, array( $this, 'sync' ), 10, 1 );
		add_action( self::FORGET, array( $this, 'forget' ), 10, 3 );
	}

	/**
	 * @param string $name
	 * @param string $type
	 * @return string
	 */
	public function filter_class( $name, $type = '' ) {
		return Means_Token::TYPE === $type ? Means_Token::class : $name;
	}

	/** Whoever opens the list of his means sees what is true now; at most three seconds are waited for it. */
	public function sync_own(): void {
		if ( Settings::keeps_means() && is_user_logged_in() ) {
			$this->sync( get_current_user_id() );
		}
	}

	/**
	 * In the background: the gateway waits for our answer.
	 *
	 * @param \WC_Order            $order
	 * @param array<string, mixed> $payment
	 */
	public function on_shown( $order, $payment ): void {
		if ( isset( $payment['means'] ) && $order->get_customer_id() > 0 && Settings::keeps_means() && null === self::find( $order->get_customer_id(), (string) $payment['means'] ) ) {
			WC()->queue()->schedule_single( time(), self::SYNC, array( $order->get_customer_id() ), Settings::ID );
		}
	}

	/**
	 * @param int|string $customer
	 * @return bool Whether the gateway answered; without it the list stays as it is.
	 */
	public function sync( $customer ): bool {
		try {
			$result = $this->client->run( self::command( 'stored', (int) $customer, Settings::is_test() ), Gateway_Client::create_id() );
		} catch ( Gateway_Exception $e ) {
			return false; // The client has logged it.
		}
		if ( 'successful' !== $result['kind'] ) {
			return false;
		}
		$this->is_syncing = true;
		try {
			$this->make( (int) $customer, (array) $result['answer'] );
		} finally {
			$this->is_syncing = false;
		}
		return true;
	}

	/**
	 * @param int|string             $token_id
	 * @param \WC_Payment_Token|null $token
	 */
	public function on_deleted( $token_id, $token = null ): void {
		if ( $token instanceof Means_Token && ! $this->is_syncing ) {
			add_user_meta( $token->get_user_id(), self::FORGOTTEN, $token->get_token() );
			$this->forget( $token->get_user_id(), $token->get_token(), $token->is_usable() ? Settings::is_test() : ! Settings::is_test() );
		}
	}

	/**
	 * Tried again until the gateway has answered: what a customer deletes shall not stay at the service.
	 *
	 * @param int|string $customer
	 * @param string     $means
	 * @param bool       $is_test
	 */
	public function forget( $customer, $means, $is_test ): void {
		try {
			$result = $this->client->run( self::command( 'forget', (int) $customer, (bool) $is_test ) + array( 'means' => (string) $means ), Gateway_Client::create_id() );
			$is_due = 'pending' === $result['kind'];
		} catch ( Gateway_Exception $e ) {
			$is_due = 'refused' !== $e->kind();
		}
		if ( $is_due ) {
			WC()->queue()->schedule_single( time() + self::AGAIN, self::FORGET, array( (int) $customer, (string) $means, (bool) $is_test ), Settings::ID );
		} else {
			delete_user_meta( (int) $customer, self::FORGOTTEN, (string) $means );
		}
	}

	/**
	 * @return Means_Token[] By its name at the service, whatever its environment.
	 */
	public static function of( int $customer ): array {
		$found = array();
		foreach ( \WC_Payment_Tokens::get_tokens( array( 'user_id' => $customer, 'gateway_id' => Settings::ID ) ) as $token ) { // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
			if ( $token instanceof Means_Token ) {
				$found[ $token->get_token() ] = $token;
			}
		}
		return $found;
	}

	public static function find( int $customer, string $means ): ?Means_Token {
		return self::of( $customer )[ $means ] ?? null;
	}

	/**
	 * @param array<int, array<string, mixed>> $stored
	 */
	private function make( int $customer, array $stored ): void {
		$known     = self::of( $customer );
		$forgotten = (array) get_user_meta( $customer, self::FORGOTTEN );
		foreach ( $stored as $means ) {
			if ( in_array( $means['id'], $forgotten, true ) ) {
				continue;
			}
			$token = $known[ $means['id'] ] ?? new Means_Token();
			unset( $known[ $means['id'] ] );
			$token->set_gateway_id( Settings::ID );
			$token->set_user_id( $customer );
			$token->set_token( $means['id'] );
			$token->describe( $means );
			$token->save();
		}
		foreach ( $known as $token ) {
			if ( $token->is_usable() ) {
				$token->delete();
			}
		}
	}

	/**
	 * @return array<string, mixed>
	 */
	private static function command( string $kind, int $customer, bool $is_test ): array {
		return array(
			'kind'     => $kind,
			'customer' => Customer_Id::of( $customer ),
			'test'     => $is_test,
		);
	}
}
