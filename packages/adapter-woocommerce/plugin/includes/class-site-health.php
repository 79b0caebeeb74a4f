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

	/** @var Check_List */
	private $checks;

	public function __construct( Check_List $checks ) {
		$this->checks = $checks;
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
		$problems = $this->checks->problems();
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
			'description' => '<p>' . implode( '</p><p>', array_map( 'esc_html', $problems ) ) . '</p><p>' . esc_html( $this->checks->heard() ) . '</p>',
			'actions'     => '',
			'test'        => Settings::ID,
		);
	}
}
