<?php
/**
 * Exports, erasures and the privacy policy.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** What WordPress does with personal data covers the chat too, where a key for the chat server's API is set. */
final class PersonalData {

	/** The name of exporter and eraser. */
	const NAME = 'meerkat-chat';

	/** Hooks it in. */
	public static function hook(): void {
		add_filter( 'wp_privacy_personal_data_exporters', array( self::class, 'add_exporter' ) );
		add_filter( 'wp_privacy_personal_data_erasers', array( self::class, 'add_eraser' ) );
		add_action( 'admin_init', array( self::class, 'suggest_policy' ) );
	}

	/**
	 * Adds the exporter.
	 *
	 * @param array<string, mixed> $exporters those that are there.
	 * @return array<string, mixed>
	 */
	public static function add_exporter( array $exporters ): array {
		$exporters[ self::NAME ] = array(
			'exporter_friendly_name' => __( 'Chat', 'meerkat-chat' ),
			'callback'               => array( self::class, 'export' ),
		);
		return $exporters;
	}

	/**
	 * Adds the eraser.
	 *
	 * @param array<string, mixed> $erasers those that are there.
	 * @return array<string, mixed>
	 */
	public static function add_eraser( array $erasers ): array {
		$erasers[ self::NAME ] = array(
			'eraser_friendly_name' => __( 'Chat', 'meerkat-chat' ),
			'callback'             => array( self::class, 'erase' ),
		);
		return $erasers;
	}

	/**
	 * What the chat has of a user. An error where that cannot be had: an export must not look whole then.
	 *
	 * @param string $email of the user.
	 * @return array{data: array<int, mixed>, done: bool}|\WP_Error
	 */
	public static function export( $email ) {
		$user = get_user_by( 'email', $email );
		$data = array();
		if ( $user && ServerApi::is_set_up() ) {
			list( $status, $said ) = ServerApi::ask( 'GET', $user, '/export' );
			if ( 200 !== $status && 404 !== $status ) {
				return new \WP_Error( 'meerkat_chat', __( 'The chat server did not say what it has of this person.', 'meerkat-chat' ) );
			}
			$data = 200 === $status ? ExportedData::items( $said ) : array();
		}
		return array(
			'data' => $data,
			'done' => true,
		);
	}

	/**
	 * Has the chat server remove a user with what it has of them.
	 *
	 * @param string $email of the user.
	 * @return array{items_removed: bool, items_retained: bool, messages: string[], done: bool}
	 */
	public static function erase( $email ): array {
		$user     = get_user_by( 'email', $email );
		$removed  = false;
		$retained = false;
		$messages = array();
		if ( $user && ServerApi::is_set_up() ) {
			list( $status ) = ServerApi::ask( 'DELETE', $user, '?erase=true' );
			$removed        = 200 === $status || 204 === $status;
			$retained       = ! $removed && 404 !== $status;
			if ( $retained ) {
				$messages[] = __( 'The chat server did not erase what it has of this person.', 'meerkat-chat' );
			} else {
				delete_user_option( $user->ID, Profile::STATUS_ID );
			}
		}
		return array(
			'items_removed'  => $removed,
			'items_retained' => $retained,
			'messages'       => $messages,
			'done'           => true,
		);
	}

	/** Suggests a passage for the privacy policy. */
	public static function suggest_policy(): void {
		$paragraphs = array(
			__( 'Our chat is run by our own chat server. While you chat, it is told your name, the address of your picture and what you may do in rooms, if you are signed in here. What you write is kept there and shown to the others in the room, also to those who come later.', 'meerkat-chat' ),
			__( 'Your browser connects to the chat server, which sees your network address. The chat keeps in your browser’s storage what it needs to go on from page to page: your session, and the name that you chose as a guest.', 'meerkat-chat' ),
			__( 'Others on this site see whether you are in the chat only if you have turned that on in your profile.', 'meerkat-chat' ),
		);
		$html = '<p class="privacy-policy-tutorial">' . esc_html__( 'Say here how long your chat server keeps messages, and where it is.', 'meerkat-chat' ) . '</p>';
		foreach ( $paragraphs as $paragraph ) {
			$html .= '<p>' . esc_html( $paragraph ) . '</p>';
		}
		wp_add_privacy_policy_content( 'Meerkat Chat', $html );
	}
}
