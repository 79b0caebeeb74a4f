<?php
/**
 * Invoice, packing slip and refund as PostFinance Checkout renders them.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * For whoever may edit the order; invoice and refund also for its buyer, where the owner allows it.
 */
class Documents {

	/** The `wc-api` of the address. */
	const SLUG = 'checkout_plugins_document';

	/** @var Gateway_Client */
	private $client;

	public function __construct( Gateway_Client $client ) {
		$this->client = $client;
	}

	public function register(): void {
		add_action( 'woocommerce_api_' . self::SLUG, array( $this, 'open' ) );
		add_action( 'admin_post_' . self::SLUG, array( $this, 'open_for_owner' ) );
		add_action( 'woocommerce_order_details_after_order_table', array( $this, 'show_to_buyer' ) );
	}

	/**
	 * What there is of this payment, by the name under which it is asked for.
	 *
	 * @param array<string, mixed> $payment
	 * @return array<string, string>
	 */
	public static function of( array $payment ): array {
		$state = (string) ( $payment['state'] ?? '' );
		$found = array();
		if ( in_array( $state, array( 'completed', 'fulfilled', 'declined' ), true ) ) {
			$found['invoice'] = __( 'Invoice', 'checkout-plugins-for-postfinance' );
		}
		if ( 'fulfilled' === $state ) {
			$found['packingSlip'] = __( 'Packing slip', 'checkout-plugins-for-postfinance' );
		}
		foreach ( Refund_Rows::refunds_of( $payment ) as $operation ) {
			if ( 'successful' === $operation['state'] && null !== ( $operation['serviceId'] ?? null ) ) {
				/* translators: %s: amount. */
				$found[ 'refund:' . $operation['key'] ] = sprintf( __( 'Refund of %s', 'checkout-plugins-for-postfinance' ), Money::to_text( $operation['amount'] ) );
			}
		}
		return $found;
	}

	/**
	 * Links for the order's screen.
	 *
	 * @param array<string, mixed> $payment
	 */
	public static function links( \WC_Order $order, array $payment ): string {
		$links = array();
		foreach ( self::of( $payment ) as $name => $label ) {
			$url     = add_query_arg( self::query( $order, $name ) + array( 'action' => self::SLUG ), admin_url( 'admin-post.php' ) );
			$links[] = '<a href="' . esc_url( wp_nonce_url( $url, self::SLUG . $order->get_id() ) ) . '">' . esc_html( $label ) . '</a>';
		}
		return implode( ' · ', $links );
	}

	/**
	 * @param \WC_Order $order
	 */
	public function show_to_buyer( $order ): void {
		$payment = self::is_for_buyers() && $order instanceof \WC_Order && Order_Record::is_ours( $order ) ? Order_Record::payment( $order ) : null;
		$found   = null === $payment ? array() : self::for_buyer( $payment );
		if ( array() === $found ) {
			return;
		}
		echo '<p class="checkout-plugins-documents">';
		foreach ( $found as $name => $label ) {
			$url = add_query_arg( self::query( $order, $name ) + array( 'key' => rawurlencode( $order->get_order_key() ) ), WC()->api_request_url( self::SLUG ) );
			echo '<a class="button" href="' . esc_url( $url ) . '">' . esc_html( $label ) . '</a> ';
		}
		echo '</p>';
	}

	public function open_for_owner(): void {
		list( $order, $name ) = self::asked();
		if ( null === $order || ! current_user_can( 'edit_shop_orders' ) || ! check_admin_referer( self::SLUG . $order->get_id() ) ) {
			self::refuse();
		}
		$this->send( $order, $name, self::of( Order_Record::payment( $order ) ?? array() ) );
	}

	/** The order's key is the right to see it, as on WooCommerce's page of an order. */
	public function open(): void {
		list( $order, $name ) = self::asked();
		$key = isset( $_GET['key'] ) ? sanitize_text_field( wp_unslash( $_GET['key'] ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification.Recommended -- the order's key is checked instead.
		if ( null === $order || ! self::is_for_buyers() || ! hash_equals( $order->get_order_key(), $key ) ) {
			self::refuse();
		}
		$this->send( $order, $name, self::for_buyer( Order_Record::payment( $order ) ?? array() ) );
	}

	/**
	 * @param array<string, string> $allowed
	 */
	private function send( \WC_Order $order, string $name, array $allowed ): void {
		if ( ! isset( $allowed[ $name ] ) ) {
			self::refuse();
		}
		try {
			$result = $this->client->run( Order_Command::document( $order, $name ), Gateway_Client::create_id() );
		} catch ( Gateway_Exception $e ) {
			wp_die( esc_html__( 'The document cannot be fetched at the moment. Try again in a minute.', 'checkout-plugins-for-postfinance' ), '', array( 'response' => 503 ) );
		}
		if ( 'successful' !== $result['kind'] ) {
			wp_die( esc_html__( 'There is no such document yet. Try again later.', 'checkout-plugins-for-postfinance' ), '', array( 'response' => 404 ) );
		}
		$file = sanitize_file_name( $order->get_order_number() . '-' . (string) $result['answer']['title'] );
		nocache_headers();
		header( 'Content-Type: ' . ( 'application/pdf' === $result['answer']['mimeType'] ? 'application/pdf' : 'application/octet-stream' ) );
		header( 'X-Content-Type-Options: nosniff' );
		header( 'Content-Disposition: attachment; filename="' . ( preg_match( '/\.pdf$/i', $file ) ? $file : "$file.pdf" ) . '"' );
		echo base64_decode( (string) $result['answer']['base64'] ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped, WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- a file.
		exit;
	}

	/**
	 * @return array{0: \WC_Order|null, 1: string}
	 */
	private static function asked(): array {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- whoever asks is checked by the callers.
		$order = wc_get_order( isset( $_GET['order'] ) ? absint( wp_unslash( $_GET['order'] ) ) : 0 );
		$name  = isset( $_GET['document'] ) ? sanitize_text_field( wp_unslash( $_GET['document'] ) ) : '';
		// phpcs:enable
		return array( $order instanceof \WC_Order && Order_Record::is_ours( $order ) ? $order : null, $name );
	}

	/**
	 * @return array<string, string|int>
	 */
	private static function query( \WC_Order $order, string $name ): array {
		return array(
			'order'    => $order->get_id(),
			'document' => rawurlencode( $name ),
		);
	}

	/**
	 * A packing slip is for whoever packs.
	 *
	 * @param array<string, mixed> $payment
	 * @return array<string, string>
	 */
	private static function for_buyer( array $payment ): array {
		return array_diff_key( self::of( $payment ), array( 'packingSlip' => '' ) );
	}

	private static function is_for_buyers(): bool {
		return 'yes' === Settings::get( 'documents' );
	}

	private static function refuse(): void {
		wp_die( esc_html__( 'There is no such document.', 'checkout-plugins-for-postfinance' ), '', array( 'response' => 404 ) );
	}
}
