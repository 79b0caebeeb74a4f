<?php
/** As themes do whose pages are written by WooCommerce. */
add_action( 'after_setup_theme', static function (): void { add_theme_support( 'title-tag' ); add_theme_support( 'woocommerce' ); } );
add_action( 'wp_enqueue_scripts', static function (): void { wp_enqueue_style( 'test-shop', get_stylesheet_uri(), array(), '1' ); } );
