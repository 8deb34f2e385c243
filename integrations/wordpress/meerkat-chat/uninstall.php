<?php
/**
 * Takes away what the plugin has kept: of every site of a network, and of every user.
 *
 * @package Meerkat\Chat
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/** Removes what one site has. */
function meerkat_chat_uninstall_site() {
	global $wpdb;
	delete_option( 'meerkat_chat' );
	delete_option( 'meerkat_chat_secret' );
	delete_option( 'meerkat_chat_api_key' );
	delete_metadata( 'user', 0, $wpdb->get_blog_prefix() . 'meerkat_chat_status_id', '', true );
	foreach ( array( '_transient_meerkat_chat_', '_transient_timeout_meerkat_chat_' ) as $start ) {
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- there is no function for transients by the start of their names.
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( $start ) . '%' ) );
	}
}

if ( is_multisite() ) {
	$meerkat_chat_sites = get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	);
	foreach ( $meerkat_chat_sites as $meerkat_chat_site ) {
		switch_to_blog( $meerkat_chat_site );
		meerkat_chat_uninstall_site();
		restore_current_blog();
	}
} else {
	meerkat_chat_uninstall_site();
}
