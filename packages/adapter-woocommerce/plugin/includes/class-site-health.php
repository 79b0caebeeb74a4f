<?php
/**
 * Does the connection work, in each direction?
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * A check under Tools > Site Health.
 */
class Site_Health {

	/** @var Connection */
	private $connection;

	/** @var Gateway_Client */
	private $client;

	public function __construct( Connection $connection, Gateway_Client $client ) {
		$this->connection = $connection;
		$this->client     = $client;
	}

	public function register(): void {
		add_filter( 'site_status_tests', array( $this, 'add' ) );
	}

	/**
	 * @param array<string, array<string, mixed>> $tests
	 * @return array<string, array<string, mixed>>
	 */
	public function add( $tests ) {
		$tests['direct'][ Settings::ID ] = array(
			'label' => __( 'PostFinance Checkout', 'checkout-plugins-for-postfinance' ),
			'test'  => array( $this, 'run' ),
		);
		return $tests;
	}

	/**
	 * @return array<string, mixed>
	 */
	public function run(): array {
		$problems = $this->problems();
		$label    = array() === $problems
			? __( 'The shop and its gateway for PostFinance Checkout reach each other', 'checkout-plugins-for-postfinance' )
			: __( 'The shop and its gateway for PostFinance Checkout do not reach each other', 'checkout-plugins-for-postfinance' );
		return array(
			'label'       => $label,
			'status'      => array() === $problems ? 'good' : 'critical',
			'badge'       => array(
				'label' => __( 'Payments', 'checkout-plugins-for-postfinance' ),
				'color' => 'blue',
			),
			'description' => '<p>' . implode( '</p><p>', array_map( 'esc_html', $problems ) ) . '</p><p>' . esc_html( $this->heard() ) . '</p>',
			'actions'     => '',
			'test'        => Settings::ID,
		);
	}

	/**
	 * What stands between the shop and its gateway, in either direction.
	 *
	 * @return string[]
	 */
	public function problems(): array {
		return array_values( array_filter( array( $this->problem_with_sending(), $this->problem_with_hearing() ) ) );
	}

	/** A question about a payment that does not exist: any answer shows that address, name, secret and clock are right. */
	public function problem_with_sending(): ?string {
		try {
			$this->client->run(
				array(
					'kind'      => 'return',
					'reference' => 'connection-check',
				),
				Gateway_Client::create_id()
			);
			return null;
		} catch ( Gateway_Exception $e ) {
			/* translators: %s: what went wrong. */
			return sprintf( __( 'Shop to gateway: %s', 'checkout-plugins-for-postfinance' ), $e->getMessage() );
		}
	}

	/** Our own door must refuse an unsigned message in our own words; else something stands before it. */
	public function problem_with_hearing(): ?string {
		$answer = wp_remote_post( Door::url(), array( 'timeout' => 5, 'body' => '{}', 'redirection' => 0 ) ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
		$where  = Door::url();
		if ( is_wp_error( $answer ) ) {
			/* translators: 1: address, 2: what went wrong. */
			return sprintf( __( 'Gateway to shop: %1$s cannot be reached from this server: %2$s', 'checkout-plugins-for-postfinance' ), $where, $answer->get_error_message() );
		}
		$body = json_decode( (string) wp_remote_retrieve_body( $answer ), true );
		if ( 401 === wp_remote_retrieve_response_code( $answer ) && 'badSignature' === ( $body['error']['code'] ?? '' ) ) {
			return null;
		}
		/* translators: 1: address, 2: HTTP status. */
		return sprintf( __( 'Gateway to shop: %1$s is answered by something else (%2$s). A security plugin, a password or a redirect may stand before it.', 'checkout-plugins-for-postfinance' ), $where, (string) wp_remote_retrieve_response_code( $answer ) );
	}

	private function heard(): string {
		$last = $this->connection->last_heard();
		/* translators: %s: a time span, such as "5 minutes". */
		return 0 === $last ? __( 'The gateway has not called this shop yet.', 'checkout-plugins-for-postfinance' ) : sprintf( __( 'The gateway called this shop %s ago.', 'checkout-plugins-for-postfinance' ), human_time_diff( $last ) );
	}
}
