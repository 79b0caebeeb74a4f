<?php
/**
 * What of the former plugin can be taken over, and the button for it.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Below the settings, as long as there is something.
 */
class Migration_Page {

	const ACTION = 'checkout_plugins_postfinance_migrate';

	const REPORT = 'checkout_plugins_postfinance_report';

	/** Seconds that a person waits for one press of the button. */
	const PATIENCE = 15;

	/** @var Migration */
	private $migration;

	/** @var Method_List */
	private $methods;

	public function __construct( Migration $migration, Method_List $methods ) {
		$this->migration = $migration;
		$this->methods   = $methods;
	}

	public function register(): void {
		add_action( 'admin_post_' . self::ACTION, array( $this, 'open' ) );
	}

	public function html(): string {
		if ( ! $this->migration->is_possible() ) {
			return '';
		}
		$report = get_transient( self::REPORT );
		delete_transient( self::REPORT );
		$html = '<h3>' . esc_html__( 'The plugin used before', 'checkout-plugins-for-postfinance' ) . '</h3>';
		foreach ( is_array( $report ) ? array_merge( array( $report['text'] ), array_slice( $report['problems'], 0, 20 ) ) : array() as $line ) {
			$html .= '<p><strong>' . esc_html( $line ) . '</strong></p>';
		}
		$html .= '<ul>';
		foreach ( $this->migration->plan() as $line ) {
			$html .= '<li>' . esc_html( $line ) . '</li>';
		}
		$html .= '</ul><p>' . esc_html__( 'Nothing of it is deleted, and both can be active at the same time. Switch its means of payment off when ours are offered.', 'checkout-plugins-for-postfinance' ) . '</p>';
		return $html . '<p><a class="button" href="' . esc_url( wp_nonce_url( admin_url( 'admin-post.php?action=' . self::ACTION ), self::ACTION ) ) . '">' . esc_html__( 'Take over', 'checkout-plugins-for-postfinance' ) . '</a></p>';
	}

	/** May be pressed again: what is left is done, and nothing twice. */
	public function open(): void {
		check_admin_referer( self::ACTION );
		if ( ! current_user_can( 'manage_woocommerce' ) ) {
			wp_die( esc_html__( 'You may not do this.', 'checkout-plugins-for-postfinance' ), '', array( 'response' => 403 ) );
		}
		set_transient( self::REPORT, $this->migration->run( self::PATIENCE ), HOUR_IN_SECONDS );
		$this->methods->refresh_quietly( Method_List::language() );
		wp_safe_redirect( admin_url( 'admin.php?page=wc-settings&tab=checkout&section=' . Settings::ID ) );
		exit;
	}
}
