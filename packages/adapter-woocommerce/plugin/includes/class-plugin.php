<?php
/**
 * Puts the parts together.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * The one place where objects are made and hooked in.
 */
final class Plugin {

	public function register(): void {
		$connection = new Connection();
		$log        = new Log();
		$client     = new Gateway_Client( $connection, $log );
		$lock       = new Order_Lock();
		$status     = new Order_Status();
		$rows       = new Refund_Rows();
		$shower     = new Payment_Shower( $lock, $status, $rows, new Order_Notes() );
		$outbox     = new Outbox( $client, $lock, $shower );
		$charge     = new Charge( $outbox );
		$former     = new Former_Plugin();
		$adoption   = new Order_Adoption( $former, $outbox, $lock );
		$start      = new Payment_Start( $client, $shower, $charge, $adoption );
		$methods    = new Method_List( $client );
		$means      = new Saved_Means( $client );
		$migration  = new Migration( $former, new Former_Settings( $former ), $adoption, $means );
		$checks     = new Check_List( $connection, $client );
		$comparison = new Order_Comparison( $connection, $client, $shower );
		$page       = new Migration_Page( $migration, $methods );
		$setup      = new Setup( $connection, new Pairing( $connection ), $methods, $checks, $page );
		$gateways   = new Gateways( $setup, $start, $methods, new Refund_Request( $outbox, $rows ) );
		$guard      = new Unpaid_Guard( $client, $shower );

		$parts = array(
			new Translations(),
			$gateways,
			$methods,
			$charge,
			new Pay_Page( $start ),
			$means,
			$adoption,
			$page,
			$comparison,
			new Saved_Means_List(),
			new Subscriptions( $charge ),
			$status,
			$rows,
			$outbox,
			new Door( $connection, new Message_Ids(), $shower, $log ),
			new Return_Page( $client, $shower ),
			$guard,
			new Order_Actions( $outbox, $shower, $guard ),
			new Order_Panel(),
			new Site_Health( $checks ),
			new Documents( $client ),
			new Pay_Link( $connection ),
			new Privacy(),
		);
		foreach ( $parts as $part ) {
			$part->register();
		}
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			\WP_CLI::add_command( 'checkout-plugins', new Cli( $connection, $checks, $outbox, $migration, $comparison ) );
		}
		add_filter( 'plugin_action_links_' . plugin_basename( PLUGIN_FILE ), array( $this, 'add_link' ) );
	}

	/**
	 * @param string[] $links
	 * @return string[]
	 */
	public function add_link( $links ) {
		$url = admin_url( 'admin.php?page=wc-settings&tab=checkout&section=' . Settings::ID );
		array_unshift( $links, '<a href="' . esc_url( $url ) . '">' . esc_html__( 'Settings', 'checkout-plugins-for-postfinance' ) . '</a>' );
		return $links;
	}
}
