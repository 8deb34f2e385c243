<?php
/**
 * Rights, names, and the API that acts on people.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

\test(
	'rights: the most that any role gives; what the room says where nothing is set',
	static function () {
		$table = array( 'editor' => 'moderate', 'muted' => 'read', 'banned' => 'none', 'none' => 'read' );
		foreach (
			array(
				array( array( 'editor' ), 'moderate' ),
				array( array( 'subscriber' ), 'rooms' ),
				array( array( 'muted' ), 'read' ),
				array( array( 'muted', 'banned' ), 'read' ),
				array( array( 'muted', 'subscriber' ), 'rooms' ),
				array( array( 'banned', 'editor' ), 'moderate' ),
				array( array(), 'read' ),
			) as list( $roles, $right )
		) {
			\same( $right, Rights::of( $roles, $table ) );
		}
		\same( null, Rights::claim( 'rooms' ) );
		\same( array( '*' => 'read' ), Rights::claim( 'read' ) );
	}
);

\test(
	'names: no longer than the chat server takes, in UTF-16 units',
	static function () {
		$name = static function ( string $name ) {
			return Person::claims( \World::user( 'joe', array(), $name ) )['name'] ?? null;
		};
		\same( str_repeat( 'é', 100 ), $name( str_repeat( 'é', 101 ) ) );
		\same( str_repeat( '🦆', 50 ), $name( str_repeat( '🦆', 60 ) ) );
		\same( null, $name( '  ' ) );
	}
);

\test(
	'pictures: none where the site shows none',
	static function () {
		\World::$options['show_avatars'] = '0';
		\same( array( 'sub', 'name' ), array_keys( Person::claims( \World::user( 'joe' ) ) ) );
	}
);

\test(
	'API: without a key nothing is asked',
	static function () {
		\World::set( array() );
		\World::$me = \World::user( 'joe' )->ID;
		do_action( 'wp_logout', 1 );
		do_action( 'set_user_role', 1, 'editor' );
		\same( array(), \World::$sent );
	}
);

\test(
	'a role more or less ends all sessions, as another one does',
	static function () {
		\World::set( array() );
		\World::$options['meerkat_chat_api_key'] = str_repeat( 'k', 32 );
		\World::user( 'joe' );
		foreach ( array( 'add_user_role', 'remove_user_role', 'delete_user' ) as $at => $hook ) {
			do_action( $hook, 1, 'editor' );
			\same( array( 'DELETE', 'https://chat.example/api/users/joe/sessions' ), array_slice( \World::$sent[ $at ], 0, 2 ) );
		}
	}
);

\test(
	'signing out ends what this browser signed in; another role ends all',
	static function () {
		\World::set( array() );
		\World::$options['meerkat_chat_api_key'] = str_repeat( 'k', 32 );
		\World::$me                              = \World::user( 'Jan Kowalski' )->ID;
		do_action( 'wp_logout', 1 );
		do_action( 'set_user_role', 1, 'editor' );
		$base = 'https://chat.example/api/users/Jan%5C20Kowalski/sessions';
		\same( $base . '?signIn=' . hash( 'sha256', 'token of 1' ), \World::$sent[0][1] );
		\same( $base, \World::$sent[1][1] );
		foreach ( \World::$sent as list( $method, , $with ) ) {
			\same( array( 'DELETE', false, 0 ), array( $method, $with['blocking'], $with['redirection'] ) );
			\same( 'Bearer ' . str_repeat( 'k', 32 ), $with['headers']['Authorization'] );
		}
	}
);

\test(
	'API key: typed anew it counts, empty it stays, a hyphen takes it away',
	static function () {
		\World::$options[ ServerApi::OPTION ] = str_repeat( 'a', 32 );
		\same( str_repeat( 'a', 32 ), ServerApi::sanitize_key( '' ) );
		\same( str_repeat( 'a', 32 ), ServerApi::sanitize_key( 'too short' ) );
		\same( str_repeat( 'b', 32 ), ServerApi::sanitize_key( ' ' . str_repeat( 'b', 32 ) ) );
		// WordPress trims what comes of forms, so a space is nothing.
		\same( str_repeat( 'a', 32 ), ServerApi::sanitize_key( ' ' ) );
		\same( '', ServerApi::sanitize_key( '-' ) );
	}
);

\test(
	'API key: its place is made before the form saves it, and pages do not load it',
	static function () {
		ob_start();
		SettingsFields::api_key();
		SettingsFields::api_key();
		ob_end_clean();
		\same( array( array( ServerApi::OPTION, '', false ) ), \World::$added );
	}
);

\test(
	'an export becomes items, whatever is in it, escaped; what is cut off is said',
	static function () {
		$items = ExportedData::items( '{"kind":"account","account":"joe@chat.example","createdAt":1795219200000}' . "\n" . '{"kind":"message","text":"<b>hi</b>","xml":"<message/>","x":{"y":[1]}}' . "\n" . '{"kind":"mess' );
		\same( 3, count( $items ) );
		\same( array( 'name' => 'createdAt', 'value' => '2026-11-21 00:00:00 UTC' ), $items[0]['data'][2] );
		\same( array( 'kind', 'text', 'x' ), array_column( $items[1]['data'], 'name' ) );
		\same( array( 'message', '&lt;b&gt;hi&lt;/b&gt;', '{&quot;y&quot;:[1]}' ), array_column( $items[1]['data'], 'value' ) );
		\has( 'more than can be shown', $items[2]['data'][0]['value'] );
		\same( array(), ExportedData::items( '' ) );
	}
);

\test(
	'personal data: exported and erased by the chat server, where it can be asked',
	static function () {
		$joe = \World::user( 'joe' );
		\same( array(), PersonalData::export( $joe->user_email )['data'] );
		\same( false, PersonalData::erase( $joe->user_email )['items_retained'] );
		\World::set( array() );
		\World::$options['meerkat_chat_api_key'] = str_repeat( 'k', 32 );
		\World::$answer                          = array( 'response' => array( 'code' => 200 ), 'body' => '{"kind":"account"}' );
		\same( 1, count( PersonalData::export( $joe->user_email )['data'] ) );
		\same( true, PersonalData::erase( $joe->user_email )['items_removed'] );
		\same( array( 'GET', 'https://chat.example/api/users/joe/export' ), array_slice( \World::$sent[0], 0, 2 ) );
		\same( array( 'DELETE', 'https://chat.example/api/users/joe?erase=true' ), array_slice( \World::$sent[1], 0, 2 ) );
		foreach ( array( array( 'response' => array( 'code' => 403 ) ), new \WP_Error() ) as $answer ) {
			\World::$answer = $answer;
			$said           = PersonalData::erase( $joe->user_email );
			\same( array( false, true, 1 ), array( $said['items_removed'], $said['items_retained'], count( $said['messages'] ) ) );
			\same( true, PersonalData::export( $joe->user_email ) instanceof \WP_Error );
		}
		\World::$answer = array( 'response' => array( 'code' => 404 ) );
		\same( array(), PersonalData::export( $joe->user_email )['data'] );
		\same( array(), PersonalData::export( 'nobody@example.org' )['data'] );
	}
);

\test(
	'presence: shown only while a user wants it, and as before where the chat server does not answer',
	static function () {
		\World::set( array() );
		\World::$options['meerkat_chat_api_key'] = str_repeat( 'k', 32 );
		$joe                                     = \World::user( 'joe' );
		\World::$me                              = $joe->ID;
		$wants                                   = static function ( bool $share, string $nonce = 'nonce-meerkat_chat_share_nonce1' ) use ( $joe ) {
			$_POST = array( Profile::NONCE => $nonce ) + ( $share ? array( Profile::FIELD => '1' ) : array() );
			Profile::save( $joe->ID );
			return Profile::status_id( $joe->ID );
		};
		\World::$answer = array( 'response' => array( 'code' => 200 ), 'body' => '{"id":"k7Qw"}' );
		\same( '', $wants( true, 'forged' ) );
		\same( '', $wants( false ) );
		\same( array(), \World::$sent );
		\same( 'k7Qw', $wants( true ) );
		\same( 'k7Qw', $wants( true ) );
		\same( 1, count( \World::$sent ) );
		\same( array( 'PUT', 'https://chat.example/api/users/joe/status', '{"share":true}' ), array( \World::$sent[0][0], \World::$sent[0][1], \World::$sent[0][2]['body'] ) );
		\World::$answer = new \WP_Error();
		\same( 'k7Qw', $wants( false ) );
		\World::$answer = array( 'response' => array( 'code' => 200 ), 'body' => '{}' );
		\same( '', $wants( false ) );
		\World::$me = \World::user( 'eve' )->ID;
		\same( '', $wants( true ) );
	}
);
