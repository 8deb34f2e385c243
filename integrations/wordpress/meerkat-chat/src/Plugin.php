<?php
/**
 * Where all is wired.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Hooks each part of the plugin into WordPress. */
final class Plugin {

	/** Called once, when WordPress loads the plugin. */
	public static function start(): void {
		add_action( 'init', array( self::class, 'translate' ), 1 );
		Loader::hook();
		Blocks::hook();
		Shortcodes::hook();
		PageBox::hook();
		PageRooms::hook();
		TokenRoute::hook();
		SessionRoute::hook();
		PasswordRoute::hook();
		SignOut::hook();
		Profile::hook();
		PersonalData::hook();
		if ( is_admin() ) {
			SettingsPage::hook();
			SecretAction::hook();
			ConnectionAction::hook();
		}
	}

	/** Loads the words of the site's language. */
	public static function translate(): void {
		// phpcs:ignore PluginCheck.CodeAnalysis.DiscouragedFunctions -- they come with the plugin, and WordPress finds those by itself since 6.7 only.
		load_plugin_textdomain( 'meerkat-chat', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	}
}
