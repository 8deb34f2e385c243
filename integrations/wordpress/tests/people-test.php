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
	'API key: typed anew it counts, empty it stays, a space takes it away',
	static function () {
		\World::$options[ ServerApi::OPTION ] = str_repeat( 'a', 32 );
		\same( str_repeat( 'a', 32 ), ServerApi::sanitize_key( '' ) );
		\same( str_repeat( 'a', 32 ), ServerApi::sanitize_key( 'too short' ) );
		\same( str_repeat( 'b', 32 ), ServerApi::sanitize_key( ' ' . str_repeat( 'b', 32 ) ) );
		\same( '', ServerApi::sanitize_key( ' ' ) );
	}
);

\test(
	'an export becomes lines, whatever is in it, escaped',
	static function () {
		$items = ExportedData::items(
			array(
				'user'     => 'joe@chat.example',
				'empty'    => array(),
				'messages' => array( array( 'room' => 'hall', 'text' => '<b>hi</b>' ), array( 'room' => 'hall', 'at' => array( 'x' => 1 ) ) ),
			)
		);
		\same( 3, count( $items ) );
		\same( array( 'name' => 'user', 'value' => 'joe@chat.example' ), $items[0]['data'][0] );
		\same( '&lt;b&gt;hi&lt;/b&gt;', $items[1]['data'][1]['value'] );
		\same( '{&quot;x&quot;:1}', $items[2]['data'][1]['value'] );
		\same( array(), ExportedData::items( array() ) );
	}
);
