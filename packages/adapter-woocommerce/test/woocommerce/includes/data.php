<?php
/** Where the double keeps orders: one row each, its fields as JSON, and a row for each meta field. */

function wcd_install(): void {
	global $wpdb;
	$wpdb->query( "CREATE TABLE IF NOT EXISTS {$wpdb->prefix}wcd_orders (id BIGINT AUTO_INCREMENT PRIMARY KEY, type VARCHAR(20), parent BIGINT, props LONGTEXT)" );
	$wpdb->query( "CREATE TABLE IF NOT EXISTS {$wpdb->prefix}wcd_meta (id BIGINT AUTO_INCREMENT PRIMARY KEY, order_id BIGINT, name VARCHAR(100), value LONGTEXT, KEY order_id (order_id))" );
	$wpdb->query( "CREATE TABLE IF NOT EXISTS {$wpdb->prefix}wcd_items (id BIGINT AUTO_INCREMENT PRIMARY KEY, order_id BIGINT, type VARCHAR(20), props LONGTEXT, KEY order_id (order_id))" );
}

/** Fields with changes, and meta fields, as WC_Data has them: only what changed is written. */
abstract class WC_Data {
	protected $id      = 0;
	protected $props   = array();
	protected $changes = array();
	protected $meta    = array();
	protected $dirty   = array();

	public function get_id() {
		return $this->id;
	}
	public function set_id( $id ) {
		$this->id = (int) $id;
	}
	protected function prop( $name ) {
		return array_key_exists( $name, $this->changes ) ? $this->changes[ $name ] : ( $this->props[ $name ] ?? '' );
	}
	protected function set_prop( $name, $value ) {
		$this->changes[ $name ] = $value;
	}
	public function get_meta( $key = '', $single = true, $context = 'view' ) {
		return $this->meta[ $key ] ?? '';
	}
	public function update_meta_data( $key, $value, $meta_id = 0 ) {
		$this->meta[ $key ]  = $value;
		$this->dirty[ $key ] = true;
	}
	public function add_meta_data( $key, $value, $unique = false ) {
		$this->update_meta_data( $key, $value );
	}
	public function delete_meta_data( $key ) {
		unset( $this->meta[ $key ] );
		$this->dirty[ $key ] = true;
	}
}
